"""What changed between two texts, in pieces a reader can follow: lines first, then words within changed lines."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\s+|.", re.DOTALL)
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")

MOST_TOKENS = 4_000
"""Above so many words a changed block is shown as taken away and put in whole: comparing takes the square of it."""

MOST_LINES = 6_000


class Kind(Enum):
    """What happened to a piece."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """A stretch of text that stayed, came or went."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces from `before` to `after`, in order.

    The same and added pieces together are `after`, the same and removed ones `before`.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) + len(new) > MOST_LINES:
        return _joined(_ends(before, after))
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, "".join(old[i:j])))
        else:
            pieces.extend(_within("".join(old[i:j]), "".join(new[k:m])))
    return _joined(pieces)


def _within(before: str, after: str) -> list[Piece]:
    """Word by word, or character by character where there are no spaces between words."""
    if not before or not after:
        return [Piece(Kind.REMOVED, before), Piece(Kind.ADDED, after)]
    old, new = _tokens(before), _tokens(after)
    if len(old) + len(new) > MOST_TOKENS:
        return _ends(before, after)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, "".join(old[i:j])))
        else:
            pieces += [Piece(Kind.REMOVED, "".join(old[i:j])), Piece(Kind.ADDED, "".join(new[k:m]))]
    return pieces


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for word in _WORDS.findall(text):
        tokens.extend(word if _IDEOGRAPHS.search(word) else (word,))
    return tokens


def _ends(before: str, after: str) -> list[Piece]:
    """What both texts begin and end with stays; the middle went and came."""
    shortest = min(len(before), len(after))
    head = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    most = shortest - head
    tail = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return [
        Piece(Kind.SAME, before[:head]),
        Piece(Kind.REMOVED, before[head : len(before) - tail]),
        Piece(Kind.ADDED, after[head : len(after) - tail]),
        Piece(Kind.SAME, before[len(before) - tail :]),
    ]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Without empty pieces, neighbours of one kind as one."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and found[-1].kind is piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)

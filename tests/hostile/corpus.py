"""Text that means harm, and what of it a terminal would obey.

Every sequence in it carries `HELL` or 31337, so that it is known again wherever it comes out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

ESC = "\x1b"

PAYLOADS: Final = {
    "colour": f"{ESC}[31337mHELL{ESC}[0m",
    "clear": f"{ESC}[2J{ESC}[31337;1HHELL{ESC}c",
    "title": f"{ESC}]0;HELL\x07tail",
    "link": f"{ESC}]8;;http://hell.invalid{ESC}\\HELL{ESC}]8;;{ESC}\\",
    "clipboard": f"{ESC}]52;c;SEVMTA==\x07",
    "device control": f"{ESC}P31337$qHELL{ESC}\\{ESC}_HELL{ESC}\\{ESC}^HELL{ESC}\\{ESC}XHELL{ESC}\\",
    "c1": "\x9b31337m\x9d0;HELL\x9c\x90HELL\x9c\x84\x85\x8d\x9e\x9f",
    "paste end": f"{ESC}[201~HELL{ESC}[200~",
    "controls": "HE\x08\x08\x0e\x0fLL\x07\x0b\x0c\x7f\x05\x11\x13",
    "nul": "HE\x00LL",
    "line ends": "HE\r\nLL\rtwo\nthree\u2028four\u2029five\x85six",
    "tabs": "\tHE\tLL\t",
    "closing tag": "[/foo] HELL",
    "action": "[@click=app.quit]HELL[/]",
    "action of the screen": "[@click=screen.command('app.quit')]HELL[/]",
    "tags": "[red]HELL[/red] Li [vip] Wei [b]",
    "open bracket": "HELL \\[ [ [[ [/ ]",
    "rich link": "[link=http://hell.invalid]HELL[/link]",
    "emoji code": ":skull: HELL :warning:",
    "variable": "$name HELL $x ${foo} $$",
    "format": "%s %d {0} {name!r} {} %(x)s HELL {",
    "override": "\u202eLLEH\u202c \u202d\u200f\u200e\u061c",
    "isolates": "\u2066HELL\u2067\u2068\u2069",
    "zero width": "H\u200bE\u200cL\u200dL\u2060\ufeff\u00ad\u180e",
    "selectors": "H\ufe0eE\ufe0fL\U000e0100L☠\ufe0f☠\ufe0e",
    "stack": "H" + "".join(map(chr, range(0x300, 0x328))) + "ELL",
    "family": "👩\u200d👩\u200d👧\u200d👦 🇨🇳 1️⃣ 👍🏽 🏴\U000e0067\U000e0062\U000e007f HELL",
    "composed": "José Ångström HELL",
    "decomposed": unicodedata.normalize("NFD", "José Ångström HELL"),
    "tag characters": "HELL" + "".join(chr(0xE0000 + ord(one)) for one in "quit"),
    "private": "HE\ue000\U000f0000LL",
    "nobody's": "HE\ufffe\uffff\ufdd0\U0001ffffLL",
    "hebrew": "שלום HELL עולם",
    "arabic": "محمد HELL",
    "wide": "王小明 HELL ｆｕｌｌ 한국어",
    "ambiguous": "●■★█ αβγ HELL ①",
    "sql": "HELL'; DROP TABLE members; --",
    "formula": "=HYPERLINK(\"http://hell.invalid\",\"HELL\")",
    "formula at": "@SUM(1+1)*cmd|' /C HELL'!A0",
    "formula minus": "-1+1 HELL",
    "formula plus": "+1 HELL",
    "path": "../../../../etc/HELL",
    "windows path": "C:\\HELL\\..\\con",
    "device": "/dev/null HELL ~/x",
    "page": "<script>alert('HELL')</script>&amp;",
    "entities": "&#27;[31337mHELL&#x9b;31337m&#x202e;&#8294; &lt;b&gt; <b>HELL</b>\n\n<div>HELL</div>\n",
    "markdown": "# HELL\n[x](javascript:HELL) ![y](file:///HELL) `code` **b**",
    "json": '{"HELL": "\\u001b[2J"}',
    "spaces": " \u00a0\u3000\u2003 ",
    "long": "HELL" + "x" * 9_996,
    "long and wide": "HELL" + "王" * 255,
}  # fmt: skip
"""By what they are."""

SURROGATE = "HE\ud83dLL"
"""Only Python lets it in: no file and no database holds it."""

_SEQUENCE = re.compile(
    r"\x1b(?:\[(?P<csi>[0-?]*[ -/]*[@-~])|\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|[PX^_](?P<dcs>[^\x1b]*)\x1b\\|(?P<esc>[ -/]*[0-Z`-~]))",
)
_ONLY_DIGITS = re.compile(r"[\d:;]+")


class Wire:
    """What reached a terminal: the control sequences, and the text between them."""

    def __init__(self, sent: str) -> None:
        self.sent = sent
        self.text = _SEQUENCE.sub("", sent)
        self.kinds = {_kind(found) for found in _SEQUENCE.finditer(sent)}

    def obeyed(self, harmless: Wire) -> list[str]:
        """What a terminal would have obeyed that harmless words would not have sent; [] is good."""
        found = [f"sequence {kind!r}" for kind in sorted(self.kinds - harmless.kinds)]
        found += [f"raw {piece!r}" for piece in PIECES if piece in self.sent]
        bad = {one for one in self.text if is_obeyed(one)} - {one for one in harmless.text if is_obeyed(one)}
        return found + [f"character U+{ord(one):04X}" for one in sorted(bad)]


def is_obeyed(character: str) -> bool:
    """Whether a terminal acts on it, or lets it hide or turn round what stands beside it."""
    return character not in "\u200c\u200d" and (
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        or (ord(character) & 0xFFFE) == 0xFFFE
        or character in "\ufdd0\ufdef"
    )


def _kind(found: re.Match[str]) -> str:
    if found["csi"] is not None:
        csi = found["csi"]
        return "CSI " + (csi if csi.startswith("?") else _ONLY_DIGITS.sub("", csi))
    if found["osc"] is not None:
        return "OSC " + found["osc"].split(";")[0]
    return "DCS" if found["dcs"] is not None else "ESC " + str(found["esc"])


def _pieces() -> list[str]:
    """The dangerous beginnings as they stand in the corpus: a control character and what it begins."""
    begun = re.compile(r"[\x1b\x80-\x9f][^\x00-\x1f\x7f-\x9f]+")
    return sorted({piece for text in PAYLOADS.values() for piece in begun.findall(text)} - {ESC + "[0m", ESC + "\\"})


PIECES: Final[Sequence[str]] = [
    piece for piece in _pieces() if "HELL" in piece or "31337" in piece or piece[0] != ESC or "hell" in piece
]

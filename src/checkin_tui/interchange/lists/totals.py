"""Rows below the people that are nobody: totals, and who made the list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

TEXT_LIMIT: Final = 40
"""Characters of such a row that are told."""
_LONGEST: Final = 120

# Nobody is called so. The others could be somebody's name, or part of it.
_STRONG: Final = "总合计|合计人数|人数合计|本页合计|本页小计|总人数|合计|总计|小计|共计|grand total|sub-total|subtotal"
_WEAK: Final = (
    "应到人数|实到人数|应参加|实参加|应出席|实出席|应到|实到|未到|缺席|缺勤|请假|病假|事假|公假|旷课|迟到|早退"
    "|出勤率|出勤|到会率|到课率|到岗率|参会率|参学率|签到人数|平均|人数"
    "|total people|total members|total|totals|sum|count|headcount|average|expected|present|absent|late|excused"
    "|attendance rate|attendance"
)
_SIGNED: Final = (
    "制表人|制表日期|制表时间|制表单位|制表|填表人|填表日期|填报人|填报日期|填报单位|审核人|复核人|审批人|负责人|经办人|联系人"
    "|联系电话|签字|签名|签章|盖章|单位盖章|单位公章|日期|备注|说明|注意|注"
    "|prepared by|checked by|approved by|signed by|signed|signature|printed on|printed|date|notes|note|remarks"
)


def _any_of(*words: str) -> str:
    """The longest first: what an atomic group took, it does not give back."""
    return "(?>" + "|".join(sorted("|".join(words).split("|"), key=len, reverse=True)) + ")"


# Possessive throughout (Python 3.11): one way to read a cell, however long somebody made it.
_NUMBER: Final = r"(?>[-+]?\d{1,6}(?:[.,]\d+)?|_+|/)\s*+[%人名个位次]{0,2}+"
_LABEL: Final = rf"\s*+:?\s*+(?:{_NUMBER})?+\s*+[.,、。;/]?+\s*+"
_STRONG_TEXT: Final = re.compile(rf"(?>{_any_of(_STRONG)}{_LABEL})(?>{_any_of(_STRONG, _WEAK)}{_LABEL})*+")
_TOTAL_TEXT: Final = re.compile(rf"(?>{_any_of(_STRONG, _WEAK)}{_LABEL})++")
_SIGNED_TEXT: Final = re.compile(
    rf"{_any_of(_SIGNED)}\s*+(?>\([^)]*+\))?\s*+:.*|第\s*+\d+\s*+页.*|page \d+.*", re.DOTALL
)
_COUNT: Final = re.compile(_NUMBER)
_PEOPLE: Final = re.compile(r"\d+\s*[人名位]")
_WORDS: Final = frozenset(_WEAK.split("|"))
_HINT: Final = re.compile(rf"\d|第|page|\W|{_any_of(_STRONG, _WEAK, _SIGNED)}|[^\x00-\x7f一-鿿]", re.IGNORECASE)
_ODD: Final = re.compile(r"[:：\d%％]|^[总合本小共]|^(?:grand|sub)", re.IGNORECASE)


def may_be_total(name: str, code: str, branch: str) -> bool:
    """A quick look at a row that has a name, and a code or a branch: whether the long one is worth it."""
    return _ODD.search(name) is not None or code.isalpha() or "：" in branch or ":" in branch


def hints_at_total(text: str) -> bool:
    """Whether a cell begins as one of totals may: without it in the name or the first cell a row is none."""
    return _HINT.match(text) is not None


def is_total(texts: Sequence[str], name: str, code: str, branch: str) -> bool:
    """Whether a row is one of totals, or says who made the list, and so is nobody.

    texts: what its cells say, cleaned, the blank ones left out; name, code, branch: the cells of these columns. The
    label stands in the column of the names or in the first cell of the row. A person who is only called Total has a
    code or a branch.
    """
    if not texts:
        return False
    plain = [_plain(text) for text in texts]
    name, code, branch = _plain(name), _plain(code), _plain(branch)
    head = plain[0]
    if code and not (_TOTAL_TEXT.fullmatch(code) or _SIGNED_TEXT.fullmatch(code)):
        return False
    if _is_signed(name) or (_is_signed(head) and _names_nobody(name, branch, head)):
        return True
    label = name if _TOTAL_TEXT.fullmatch(name) else head
    if not _TOTAL_TEXT.fullmatch(label):
        return not code and not branch and _PEOPLE.fullmatch(name) is not None
    if name not in ("", head) and not _is_label(name):
        return False
    if label not in _WORDS or _STRONG_TEXT.fullmatch(label):
        return True
    if branch and branch != label and not _is_label(branch):
        return False
    return all(text == label or _is_label(text) for text in plain)


def told(texts: Sequence[str]) -> str:
    """What such a row says, shortened."""
    return " ".join(texts)[:TEXT_LIMIT]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().strip()


def _is_label(text: str) -> bool:
    """Whether it is a label of totals, or a number: both stand in such a row, and nothing else does."""
    return _COUNT.fullmatch(text) is not None or _TOTAL_TEXT.fullmatch(text) is not None


def _is_signed(text: str) -> bool:
    return _SIGNED_TEXT.fullmatch(text) is not None


def _names_nobody(name: str, branch: str, head: str) -> bool:
    """Whether the name of a row that begins like a signature is no member's: there is none, or it is the signature."""
    return name in ("", head) or (head.endswith(":") and (not branch or _is_signed(branch)))

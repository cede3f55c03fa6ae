"""Names that come in two columns."""

from __future__ import annotations

import re
from typing import Final

from checkin_tui.domain.people import CJK

_CJK_ONLY: Final = re.compile(f"[{CJK}\\s·・]+")


def whole_name(given: str, family: str) -> str:
    """One name of its two parts: `张` and `伟` are 张伟, Mara and Quill are Mara Quill."""
    if not given or not family:
        return given or family
    if _CJK_ONLY.fullmatch(given) and _CJK_ONLY.fullmatch(family):
        return family + given
    return f"{given} {family}"

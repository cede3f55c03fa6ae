"""The headers of a file, by which it is known again when one with the same columns comes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from checkin_tui.domain.text import clean

HEADER_LIMIT: Final = 40
"""Characters. What is longer is no header but a sentence, and is not remembered."""
_COUNTED: Final = 20


def headers_key(headers: Iterable[str]) -> str:
    """The same text for files with the same columns, in whatever order; nothing of the headers can be read in it."""
    said = [header[:HEADER_LIMIT] for header in map(clean, headers) if header]
    return sha256(json.dumps(sorted(said[:_COUNTED]), ensure_ascii=False).encode()).hexdigest()

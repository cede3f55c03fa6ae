"""Every sentence a person reads goes through this catalogue. English is the source; others lie in `locale/`.

The language is chosen once, before the screens are imported: Textual merges key bindings when a class is made.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "checkin_tui"
LOCALES = Path(__file__).parent / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def choose_language(language: str | None = None) -> None:
    """Use the catalogue for `language` (`zh_CN`); None: what CHECKIN_LANG or the environment asks for, else English."""
    global _catalogue
    asked = language or os.environ.get("CHECKIN_LANG")
    _catalogue = gettext.translation(DOMAIN, LOCALES, languages=[asked] if asked else None, fallback=True)


def _(message: str) -> str:
    """The sentence in the chosen language. Values are put in afterwards, by `.format`."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The sentence for that number of things."""
    return _catalogue.ngettext(singular, plural, number)

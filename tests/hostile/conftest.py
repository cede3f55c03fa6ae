"""As the tests of the screens: a home of their own, no clipboard of the user's, style sheets parsed once."""

from tests.cli.conftest import standard_input
from tests.tui.conftest import home, sheets_are_parsed_once

__all__ = ["home", "sheets_are_parsed_once", "standard_input"]

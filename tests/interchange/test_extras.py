"""What not everybody installs."""

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.extras import extra
from checkin_tui.words import sentence


def test_a_part_that_is_not_installed_is_named_with_how_to_get_it():
    with pytest.raises(CheckInError) as caught:
        extra("no_such_library_anywhere", "badges")
    assert sentence(caught.value.code, caught.value.values).endswith("pip install 'checkin-tui[badges]'")


def test_one_that_is_there_is_given():
    assert extra("segno", "badges").__name__ == "segno"

"""The short rounds: one room for all of them."""

from __future__ import annotations

import pytest

from tests.faults.disk import why_not
from tests.faults.rooms import Room


@pytest.fixture(scope="package")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A file with people, made once."""
    if why_not():
        pytest.skip(why_not())
    return Room(tmp_path_factory.mktemp("faults"))

"""The schema this code is written for, compared by a plain SELECT at every start: Alembic stays unimported."""

from typing import Final

HEAD: Final = "0002"
ANCESTORS: Final[tuple[str, ...]] = ("0001",)
"""The revisions before it, oldest first: a file of one of them is brought to the newest when it is opened."""
APPLICATION_ID: Final = 0x43484B49  # "CHKI" in the header of every file of ours

"""Every dialog as a picture, at both sizes, with names of several scripts. Renew with `pytest --snapshot-update`."""

import pytest

from checkin_tui.tui.themes import OURS
from tests.tui.dialogs import LONG, Desk
from tests.tui.test_dialog_keys import DIALOGS

NAME = f"王小明 محمد الفارسي [/foo] {LONG}"


class Themed(Desk):
    def __init__(self, dialog, theme):
        super().__init__()
        for known in OURS:
            self.register_theme(known)
        self.theme = theme
        self._dialog = dialog

    def on_mount(self):
        self.open(self._dialog)


@pytest.mark.parametrize(
    ("size", "theme"), [((80, 24), "checkin-dark"), ((140, 40), "checkin-light")], ids=["80", "140"]
)
@pytest.mark.parametrize("which", list(DIALOGS))
def test_every_dialog_looks_as_it_did(snap_compare, which, size, theme):
    async def settle(pilot):
        await pilot.pause()
        await pilot.pause()

    assert snap_compare(Themed(DIALOGS[which](NAME), theme), terminal_size=size, run_before=settle)

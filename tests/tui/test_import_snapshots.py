"""The steps of an import as pictures. Renew with `pytest --snapshot-update`."""

import os

import pytest

from checkin_tui.tui.screens.importing.columns import ColumnList
from tests.tui.dialogs import press, settle
from tests.tui.test_dialog_snapshots import Themed
from tests.tui.test_import_wizard import Office

PEOPLE = """Learning campaign,,,
序号,工号,姓名,所在支部,电话
1,0001,Ann Teal,Xinghe,0005550101
2,0002,José Álvarez,Xinghe,
3,,王小明,Xinghe,
4,,,Xinghe,
5,0005,[/foo] Li,Lotus Ford,0005550102
合计,,5,,
"""


@pytest.mark.parametrize(("size", "steps"), [((80, 24), 1), ((60, 18), 3), ((120, 36), 2)])
def test_the_steps_look_as_they_did(snap_compare, home, size, steps):
    """Of the way by Enter alone: the file is found, what it would become, who a doubtful line is about."""
    path = home / "Documents" / "people.csv"
    path.write_bytes(PEOPLE.encode("gb18030", "replace"))
    os.utime(path, (1_770_000_000, 1_770_000_000))

    async def go(pilot):
        await settle(pilot)
        for _step in range(steps + 1):
            await press(pilot)
        if steps == 1:
            pilot.app.screen.set_focus(pilot.app.screen.query_one(ColumnList))
            await pilot.pause()

    assert snap_compare(Themed(Office().screen(), "checkin-dark"), terminal_size=size, run_before=go)

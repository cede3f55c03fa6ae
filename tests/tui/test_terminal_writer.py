"""What is painted reaches a terminal that somebody else made one that does not wait."""

from __future__ import annotations

import os
import select
from types import SimpleNamespace

from checkin_tui.tui.terminal_writer import TerminalWriter


def test_a_terminal_that_is_full_for_a_moment_is_not_gone():
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    writer = TerminalWriter(SimpleNamespace(fileno=lambda: writing))
    writer.start()
    writer.write("x" * 300_000)  # a pipe holds less
    writer.write("the end")
    writer._queue.put(None)
    got = b""
    while not got.endswith(b"the end") and select.select([reading], [], [], 10)[0]:
        got += os.read(reading, 65_536)
    writer.join()
    assert len(got) == 300_007
    os.close(reading)
    os.close(writing)

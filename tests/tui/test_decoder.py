"""Keys as bytes: what is not UTF-8 ends nothing, and Esc before a scan is Esc before a scan."""

from __future__ import annotations

import os
import sys
import threading
from types import SimpleNamespace

import pytest

from checkin_tui.tui.driver import PatientParser, tolerant_driver

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such byte stream")


def keys(*chunks: str) -> list[str]:
    parser = PatientParser()
    return [event.key for chunk in chunks for event in parser.feed(chunk)]


def test_escape_and_a_scan_are_escape_and_the_scan():
    assert keys("\x1b0017\r") == ["escape", "0", "0", "1", "7", "enter"]


def test_escape_and_a_letter_are_no_chord():
    assert keys("\x1bzw") == ["escape", "z", "w"]


def test_keys_of_several_bytes_are_still_one():
    assert keys("\x1b[A", "\x1b[15~", "\x1bOP", "\x1b[1;5C") == ["up", "f5", "f1", "ctrl+right"]


def test_escape_alone_comes_after_its_time():
    parser = PatientParser()
    assert list(parser.feed("\x1b")) == []
    parser._timeout_time = 0.0
    assert [event.key for event in parser.tick()] == ["escape"]


def test_a_byte_that_is_not_utf8_becomes_a_sign_and_the_next_scan_is_read():
    reader, writer = os.pipe()
    driver = object.__new__(tolerant_driver())
    got: list[str] = []
    driver.fileno, driver._debug, driver.exit_event = reader, False, threading.Event()
    driver.process_message = lambda message: got.append(message.character)
    driver._app = SimpleNamespace(call_later=lambda *_: None, exit=None)
    thread = threading.Thread(target=driver.run_input_thread)
    thread.start()
    os.write(writer, b"00\xd7\xd6 17\r\xe5\xbc\xa0\r")
    while got.count("\r") < 2:
        thread.join(0.01)
    driver.exit_event.set()
    thread.join()
    os.close(writer)
    os.close(reader)
    text = "".join(got)
    assert text.startswith("00\ufffd")
    assert text.endswith("17\r张\r")

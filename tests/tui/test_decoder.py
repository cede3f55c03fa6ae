"""Keys as bytes: nothing that a keyboard can send ends the program, moves a character or eats the front of a scan."""

from __future__ import annotations

import os
import sys
import threading
from random import Random
from types import SimpleNamespace

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser

from checkin_tui.tui.driver import LONGEST, PASTE_SECONDS, SEQUENCE_SECONDS, KeyStream, tolerant_driver

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such byte stream")

START, END = b"\x1b[200~", b"\x1b[201~"


class Keyboard:
    """A stream with a clock that stands still."""

    def __init__(self) -> None:
        self.now = 0.0
        self.stream = KeyStream(lambda: self.now)
        self.came: list[events.Message] = []

    def send(self, *chunks: bytes) -> Keyboard:
        for chunk in chunks:
            self.came += self.stream.feed(chunk)
        return self

    def wait(self, seconds: float) -> Keyboard:
        self.now += seconds
        self.came += self.stream.tick()
        return self

    @property
    def keys(self) -> list[str]:
        """Texts of pastes in quotes."""
        return [
            event.key if isinstance(event, events.Key) else repr(event.text)
            for event in self.came
            if isinstance(event, events.Key | events.Paste)
        ]

    @property
    def text(self) -> str:
        """As a box would have it, with line ends."""
        return "".join(event.character or "" for event in self.came if isinstance(event, events.Key))


def keys(*chunks: bytes) -> list[str]:
    return Keyboard().send(*chunks).keys


def typed(*chunks: bytes) -> str:
    return Keyboard().send(*chunks).text


def test_escape_and_a_scan_are_escape_and_the_scan():
    assert keys(b"\x1b0017\r") == ["escape", "0", "0", "1", "7", "enter"]


def test_escape_and_a_letter_are_no_chord():
    assert keys(b"\x1bzw") == ["escape", "z", "w"]


def test_keys_of_several_bytes_are_still_one():
    assert keys(b"\x1b[A", b"\x1b[15~", b"\x1bOP", b"\x1b[1;5C") == ["up", "f5", "f1", "ctrl+right"]


def test_every_key_that_textual_knows_is_that_key_also_byte_by_byte():
    for sequence in ANSI_SEQUENCES_KEYS:
        if sequence == "\x1b" or (len(sequence) == 2 and (sequence[1].isprintable() or sequence[1] in "\x1b\r\n\t")):
            continue  # Esc and then that character, here
        stock = [event.key for event in XTermParser().feed(sequence) if isinstance(event, events.Key)]
        data = sequence.encode()
        assert Keyboard().send(data).wait(SEQUENCE_SECONDS).keys == stock
        assert Keyboard().send(*(data[at : at + 1] for at in range(len(data)))).wait(SEQUENCE_SECONDS).keys == stock


def test_a_key_and_a_scan_in_one_write_are_both_read():
    assert keys(b"\x1bOR0017\r\x1b[15~18\r") == ["f3", *"0017", "enter", "f5", *"18", "enter"]


def test_escape_alone_comes_after_its_time():
    keyboard = Keyboard().send(b"\x1b")
    assert keyboard.keys == []
    assert keyboard.wait(SEQUENCE_SECONDS).keys == ["escape"]


def test_a_mouse_report_of_the_old_kind_eats_nothing_of_the_scan_behind_it():
    for report in (b"\x1b[M !!", b"\x1b[M\x20\xc3\xa9", b"\x1b[M\xff\xfe\x1b"):
        assert Keyboard().send(report).wait(1).send(b"1017\r").text == "1017\r"
        for cut in range(1, len(report)):
            assert Keyboard().send(report[:cut], report[cut:]).wait(1).send(b"1017\r").text == "1017\r"


def test_a_scan_hard_behind_an_unknown_sequence_is_no_code():
    for odd in (b"\x1b[M !!", b"\x1b[99;99z", b"\x1b[?62;22c"):
        assert typed(odd + b"1017\r1018\r") == "\ufffd1017\r1018\r"


def test_a_scan_into_an_unfinished_sequence_is_no_code():
    assert typed(b"\x1b[0017\r0018\r") == "\ufffd[0017\r0018\r"
    assert Keyboard().send(b"\x1b[00").wait(SEQUENCE_SECONDS).send(b"17\r").text == "\ufffd[0017\r"
    assert Keyboard().send(b"\x1b[M00").wait(SEQUENCE_SECONDS).send(b"17\r").text == "\ufffd[M0017\r"
    assert Keyboard().send(b"\x1b[").wait(SEQUENCE_SECONDS).send(b"0017\r").text == "0017\r"


def test_a_sequence_without_end_is_not_waited_for():
    assert typed(b"\x1b[" + b"1" * 200 + b"\r0018\r") == "\ufffd[" + "1" * 200 + "\r0018\r"
    assert typed(b"\x1b[", *[b"1"] * LONGEST) == "\ufffd[" + "1" * LONGEST  # its end is still to come


def test_a_character_that_a_sequence_breaks_off_is_a_sign_in_front_of_it():
    whole = Keyboard().send("张".encode()[:2], b"\x1b[A", b"17\r").came
    assert [event.character or event.key for event in whole] == ["\ufffd", "up", "1", "7", "\r"]


def test_the_end_of_a_scan_is_one_also_hard_behind_an_unknown_sequence():
    assert typed(b"1017\x1b[99;99z\r1018\r") == "1017\r1018\r"


def test_a_paste_is_one_whatever_is_in_it():
    inside = b"a\x1b[15~\x1b[48;1;1;1;1t\x1b[M\r\x1b\xff\x00z"
    text = "a\x1b[15~\x1b[48;1;1;1;1t\x1b[M\r\x1b\ufffdz"
    data = START + inside + END + b"0017\r"
    assert Keyboard().send(data).keys == [repr(text), *"0017", "enter"]
    assert Keyboard().send(*(data[at : at + 1] for at in range(len(data)))).keys == [repr(text), *"0017", "enter"]


def test_a_paste_whose_end_never_comes_is_given_back_and_the_keyboard_lives():
    keyboard = Keyboard().send(START + b"a text", b" and more")
    assert keyboard.wait(PASTE_SECONDS / 2).keys == []
    assert keyboard.wait(PASTE_SECONDS).keys == ["'a text and more'"]
    assert keyboard.send(b"z" + END).keys == ["'a text and more'", "z"]


def test_numbers_that_no_terminal_sends_do_nothing():
    window = b"\x1b[48;%d;%d;1;1t"
    for odd in (b"\x1b[97:65;1u", b"\x1b[1;;9999999999u", b"\x1b[::u", window % (99999, 99999), window % (0, 0)):
        assert Keyboard().send(odd).wait(1).send(b"17\r").came[-1].key == "enter"
        assert not [event for event in Keyboard().send(odd).came if isinstance(event, events.Resize)]


def test_a_window_without_pixels_takes_a_click():
    came = Keyboard().send(b"\x1b[48;24;80;0;0t\x1b[<0;5;7M").came
    assert [(event.x, event.y) for event in came if isinstance(event, events.MouseDown)] == [(4, 6)]


@pytest.mark.parametrize("seed", range(4))
def test_codes_between_random_sequences_are_whole_or_unreadable(seed):
    """64 KB in all four; what is a code must have been sent as one."""
    chance = Random(seed)
    codes = {f"{chance.randrange(10**4):04}" for _number in range(300)} - {"1111"}
    data = bytearray()
    for code in sorted(codes):
        data += odd_sequence(chance) + code.encode() + b"\r"
        data += b"".join(odd_sequence(chance) for _number in range(4))
    keyboard = Keyboard()
    while data:
        size = chance.choice((1, 7, 64, 4096))
        keyboard.send(bytes(data[:size])).wait(chance.choice((0, 0, SEQUENCE_SECONDS)))
        del data[:size]
    keyboard.wait(PASTE_SECONDS)
    lines = keyboard.text.replace("\n", "\r").split("\r")
    marked = {line.strip("\x1b") for line in lines if line.strip("\x1b1").isdigit()}  # those are full of ones
    assert marked <= codes
    assert marked


def odd_sequence(chance: Random) -> bytes:
    """One that is no key: cut, too long, with bytes that belong to none."""
    while True:
        begin = chance.choice((b"\x1b[", b"\x1b[M", b"\x1b[<", b"\x1b[?", b"\x1b]52;", b"\x1bP", b"\x1b_", b"\x1b[200"))
        middle = bytes(chance.choice(b"1111;:?<>!$ \x80\xff\x1b[") for _byte in range(chance.randrange(24)))
        sequence = begin + middle + chance.choice((b"", b"z", b"c", b"t", b"M", b"u", b"\x07", b"\x1b\\", b"~"))
        if b"200~" not in sequence:
            return sequence + b"\r"


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

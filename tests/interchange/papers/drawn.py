"""Reads badges off a page as a scanner would: only what is drawn counts."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

import zxingcpp

SVG = re.compile(r'<svg[^>]* viewBox="0 0 (\d+) (\d+)"[^>]*><path d="([^"]*)"/></svg>')
RECTANGLE = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z")
TAGS = re.compile(r"<[^>]+>")
DOT = 4
"""Pixels of a module."""


class Label(NamedTuple):
    """One badge of a page: where it is (mm from left and top), the texts on it, and its drawing."""

    left: float
    top: float
    texts: list[str]
    drawing: tuple[int, int, str]

    @property
    def scanned(self) -> str:
        return scan(*self.drawing)


def labels(page: str) -> list[Label]:
    """The badges of a page, in order."""
    found = []
    for part in page.split('<div class="badge ')[1:]:
        place = re.search(r'style="left: ([\d.]+)mm; top: ([\d.]+)mm;', part)
        drawn = SVG.search(part)
        assert place is not None
        assert drawn is not None
        texts = [unescape(TAGS.sub("", line)).strip() for line in SVG.sub("", part).splitlines()[1:]]
        words = [text for text in texts if text]
        found.append(Label(float(place[1]), float(place[2]), words, (int(drawn[1]), int(drawn[2]), drawn[3])))
    return found


def scan(width: int, height: int, path: str) -> str:
    """What a scanner reads in the rectangles of the path; '' for nothing."""
    high = height * DOT if height > 1 else 40  # bars are drawn one module high and stretched
    tall = high // height
    pixels = [bytearray(b"\xff" * (width * DOT)) for _ in range(high)]
    rest = RECTANGLE.sub("", path)
    assert rest == "", "nothing else is drawn"
    for x, y, wide, down, back in (map(int, one) for one in RECTANGLE.findall(path)):
        assert wide == back
        for row in range(y * tall, (y + down) * tall):
            pixels[row][x * DOT : (x + wide) * DOT] = b"\0" * (wide * DOT)
    image = memoryview(bytes(b"".join(pixels))).cast("B", (high, width * DOT))
    formats = [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128]
    read = zxingcpp.read_barcodes(image, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return read[0].text if read else ""

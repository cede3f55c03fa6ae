"""No key should have to wait for the garbage collector.

Reference counting frees almost everything. The cyclic collector is off while the program starts (that saves a tenth of
the start), and what is there when the roster stands (a hundred thousand people, say) is taken out of its sight. After
that only the young generations are collected as they fill; the old one when nobody has typed for a while.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE, NEVER = 20_000, 50, 1_000_000

_began = False


def begin() -> None:
    """From the start of the program."""
    global _began
    _began = True
    gc.disable()


def settle() -> None:
    """The roster stands. Does nothing where `begin` was not called (in tests)."""
    if _began:
        gc.freeze()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        gc.enable()


def breathe() -> None:
    """Nobody is typing: collect what has become old."""
    if _began and gc.isenabled():
        gc.collect()


def end() -> None:
    """Back to the interpreter's own ways."""
    global _began
    if _began:
        _began = False
        gc.unfreeze()
        gc.set_threshold(700, 10, 10)
        gc.enable()

"""Libraries that not everybody installs: those of the extras `badges` and `office`."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from checkin_tui.domain.errors import CheckInError


def extra(module: str, name: str) -> ModuleType:
    """The library `module`, which the extra `name` brings. Raises CheckInError `extra_missing` (extra)."""
    try:
        return import_module(module)
    except ImportError:
        raise CheckInError("extra_missing", extra=name) from None

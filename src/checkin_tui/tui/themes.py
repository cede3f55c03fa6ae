"""Our two themes. Status colours keep a contrast of at least 4.5 : 1 against the surface they stand on."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.theme import Theme

DARK = Theme(
    name="checkin-dark",
    primary="#5fb3f0",
    secondary="#8fa7c4",
    accent="#e6b450",
    foreground="#e4e8ee",
    background="#10151c",
    surface="#161d27",
    panel="#222c3a",
    success="#6fd08c",
    warning="#f0c057",
    error="#ff7b72",
    dark=True,
    variables={
        "block-cursor-text-style": "none",
        "status-present": "#6fd08c",
        "status-late": "#f0c057",
        "status-excused": "#86b7ff",
        "status-absent": "#ff8f87",
        "status-unmarked": "#93a1b3",
        "status-saving": "#b9a3f0",
        "practice": "#f08fd0",
    },
)

LIGHT = Theme(
    name="checkin-light",
    primary="#0a5ca8",
    secondary="#4b6078",
    accent="#8a5a00",
    foreground="#1b2430",
    background="#f6f7f9",
    surface="#ffffff",
    panel="#e3e8ef",
    success="#12703a",
    warning="#855400",
    error="#b3261e",
    dark=False,
    variables={
        "block-cursor-text-style": "none",
        "status-present": "#12703a",
        "status-late": "#855400",
        "status-excused": "#1d4fa3",
        "status-absent": "#b3261e",
        "status-unmarked": "#566273",
        "status-saving": "#6237a8",
        "practice": "#a01672",
    },
)

OURS = (DARK, LIGHT)


def begin_with(app: App[Any], theme: str) -> None:
    """Ours are known, and this is the one of the start (dark where nobody knows it).

    It is told to nobody: a change of theme would parse every style sheet twice more.
    """
    for own in OURS:
        app.register_theme(own)
    name = theme if theme in app.available_themes else DARK.name
    app.set_reactive(App.theme, name)
    dark = app.current_theme.dark
    for class_name, wanted in ((f"-theme-{name}", True), ("-dark-mode", dark), ("-light-mode", not dark)):
        app.set_class(wanted, class_name, update=False)

"""checkin-tui: check people in at the door of a session that meets again and again."""

__version__ = "0.1.0"

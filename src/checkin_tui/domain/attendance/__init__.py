"""Attendance: events that are never changed, and the fold that turns one person's events into a standing."""

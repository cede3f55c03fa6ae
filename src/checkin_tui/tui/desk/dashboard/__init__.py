"""What the dashboard shows: its facts, the panels made from them, and what is behind each figure."""

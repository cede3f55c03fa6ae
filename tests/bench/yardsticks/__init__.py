"""What the program is measured against: the least any program of its kind does."""

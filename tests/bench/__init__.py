"""Measurements: `make bench`. Ratios against a yardstick in the same run, never a wall-clock assertion."""

"""Hypothesis without a stopwatch: a slow machine is no failing rule, and nothing is kept between runs."""

from hypothesis import settings

settings.register_profile("rules", deadline=None, database=None)
settings.load_profile("rules")

"""The rules, pure: standard library only, no input or output, no clock. Times and ids come in as arguments.

Instants are whole milliseconds since 1970-01-01 UTC (`Millis`); dates are `datetime.date` in the program's zone.
"""

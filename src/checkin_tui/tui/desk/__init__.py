"""The parts of the desk: what works behind every main screen once it is painted."""

"""Lists of people and filled registers, taken in."""

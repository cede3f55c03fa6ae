"""The forms that write a file, and how far it is."""

"""The wizard that takes a file in, a page per step."""

"""A whole program out, and in again."""

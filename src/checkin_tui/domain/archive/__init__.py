"""A whole program as records that come in again: what they hold, and what they may hold."""

"""Use-cases: one verb, one function, one transaction. Each returns what changed, or raises a CheckInError."""

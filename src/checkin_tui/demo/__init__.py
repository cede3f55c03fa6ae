"""The sample program: an invented township that learns together, for practice, pictures and measurements."""

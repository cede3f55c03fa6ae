"""Files in, as tables of text: whatever wrote them and whatever they claim to be."""

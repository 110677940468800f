"""Views of recordings: lanes over time."""

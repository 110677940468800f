"""Desktop simulator of neural circuits with liquid time-constant dynamics."""

__version__ = "0.1.0"

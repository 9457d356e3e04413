"""Filter Playground: a desktop laboratory in which filters are seen to be weights."""

__version__ = "0.1.0"

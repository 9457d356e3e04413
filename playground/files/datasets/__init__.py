"""Data sets in: those that come with the program, and folders of pictures."""

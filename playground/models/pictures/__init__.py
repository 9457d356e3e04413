"""The input picture: where it comes from, and how it is seen."""

"""A network of layers: built, changed, and run forward and back."""

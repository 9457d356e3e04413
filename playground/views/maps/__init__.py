"""The gallery of feature maps."""

"""The bank of kernels as thumbnails."""

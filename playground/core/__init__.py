"""The numeric heart: convolution and what explains it, in plain NumPy."""

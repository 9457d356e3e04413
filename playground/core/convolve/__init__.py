"""The convolution, what follows it, and where each tap falls."""

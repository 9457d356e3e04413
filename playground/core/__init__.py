"""The numeric heart: convolution and what explains it, in plain NumPy."""

from playground.core import initializers
from playground.core.convolution import conv2d

__all__ = ["conv2d", "initializers"]

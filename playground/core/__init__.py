"""The numeric heart: convolution, networks and what explains them, in plain NumPy."""

from playground.core import initializers, layers, losses, optimizers, schedules
from playground.core.convolution import conv2d
from playground.core.network import Network
from playground.core.pair_fit import PairFit, which_filter
from playground.core.trainer import Trainer

__all__ = [
    "Network",
    "PairFit",
    "Trainer",
    "conv2d",
    "initializers",
    "layers",
    "losses",
    "optimizers",
    "schedules",
    "which_filter",
]

"""The mathematics of the program, in plain NumPy: convolution, networks, and what explains them."""

from playground.core import layers
from playground.core.convolve.activations import activate
from playground.core.convolve.convolution import conv2d
from playground.core.convolve.pooling import pool2d
from playground.core.kernels import initializers
from playground.core.network.network import Network
from playground.core.numbers.number_text import parse_block
from playground.core.pair_fit import PairFit, which_filter
from playground.core.specs import ActivationSpec, Pool2DSpec
from playground.core.training import losses, optimizers, schedules
from playground.core.training.trainer import Trainer

__all__ = [
    "ActivationSpec",
    "Network",
    "PairFit",
    "Pool2DSpec",
    "Trainer",
    "activate",
    "conv2d",
    "initializers",
    "layers",
    "losses",
    "optimizers",
    "parse_block",
    "pool2d",
    "schedules",
    "which_filter",
]

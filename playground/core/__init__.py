"""The numeric heart: convolution, networks and what explains them, in plain NumPy."""

from playground.core import initializers, layers, losses, optimizers, schedules
from playground.core.activations import activate
from playground.core.convolution import conv2d
from playground.core.network import Network
from playground.core.number_text import parse_block
from playground.core.pair_fit import PairFit, which_filter
from playground.core.pooling import pool2d
from playground.core.specs import ActivationSpec, Pool2DSpec
from playground.core.trainer import Trainer

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

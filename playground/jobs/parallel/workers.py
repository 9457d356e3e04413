"""How many processes a training is worth: by its size alone, never by the clock.

A step's work is counted in the multiplications of its forward pass,

    Σ over layers: weights of the kernel · positions at which it is applied · examples of a batch,

so the same training gets the same number on every machine of as many cores, every time.
"""

from __future__ import annotations

import math
import os

from playground.core.network.network import Network

LEAST_WORK = 750_000
"""Multiplications for each worker. With half of that two workers are as fast as one: half a batch
takes more than half as long, because calling NumPy takes the same for any number of examples."""


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def workers_for(network: Network, batch_size: int, cores: int) -> int:
    """How many of `cores` shall train, of which the window keeps one."""
    most = forward_work(network) * batch_size // LEAST_WORK
    return max(1, min(cores - 1, most))


def forward_work(network: Network) -> int:
    """Multiplications of the forward pass of one example."""
    pairs = zip(network.layers, network.shapes, strict=True)
    return sum(
        layer.weights[0].size * math.prod(shape[:-1]) for layer, shape in pairs if layer.weights
    )

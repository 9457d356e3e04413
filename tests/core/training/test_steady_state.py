"""After its first steps, training allocates next to nothing: its arrays are used again."""

import gc
import tracemalloc

import numpy as np
import pytest

from playground.core import Network, Trainer, layers

MIB = 1 << 20


def classic() -> list[layers.Layer]:
    return [
        layers.Conv2D(8, 5),
        layers.ReLU(),
        layers.MaxPool2D(2),
        layers.Conv2D(16, 3),
        layers.ReLU(),
        layers.MaxPool2D(2),
        layers.Flatten(),
        layers.Dense(10),
    ]


def every_other_kind() -> list[layers.Layer]:
    return [
        layers.Conv2D(8, 3, padding="same"),
        layers.LeakyReLU(0.1),
        layers.AveragePool2D(2),
        layers.Conv2D(16, 3, stride=2, padding="same"),
        layers.Tanh(),
        layers.Dropout(0.3),
        layers.Conv2D(16, 3, dilation=2, padding="same"),
        layers.Sigmoid(),
        layers.GlobalAveragePool2D(),
        layers.Dense(10),
    ]


def maps_to_the_end() -> list[layers.Layer]:
    return [
        layers.Conv2D(16, 3, padding="same"),
        layers.ReLU(),
        layers.MaxPool2D(3),
        layers.Conv2D(32, 3, padding="same"),
        layers.ReLU(),
        layers.GlobalAveragePool2D(),
    ]


@pytest.mark.parametrize("make", [classic, every_other_kind, maps_to_the_end])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_step_allocates_at_most_a_mebibyte(make, optimizer):
    rng = np.random.default_rng(0)
    inputs, targets = rng.random((256, 28, 28, 1), np.float32), rng.integers(0, 10, 256)
    network = Network(make(), (28, 28, 1))
    training = Trainer(
        network, inputs, targets, loss="softmax_cross_entropy", optimizer=optimizer, batch_size=64
    )
    tracemalloc.start()
    try:
        for _ in range(5):
            training.step()
        gc.collect()
        start, most = tracemalloc.get_traced_memory()[0], 0
        for _ in range(50):
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            training.step()
            most = max(most, tracemalloc.get_traced_memory()[1] - before)
        grown = tracemalloc.get_traced_memory()[0] - start
    finally:
        tracemalloc.stop()
    assert most <= MIB
    assert grown <= MIB / 10

"""The arrays that layers work in: kept, aligned, and never in each other's way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, layers
from playground.core.layers.base import Relay, WorkArrays

SHAPE = (9, 8, 2)
MAP_LAYERS = [
    lambda: layers.Conv2D(3, 3, padding="same"),
    lambda: layers.Conv2D(2, 2, stride=2, padding="same"),
    lambda: layers.Conv2D(2, 2, padding=(1, 1, 2, 0), dilation=2),
    layers.ReLU,
    lambda: layers.LeakyReLU(0.2),
    layers.PReLU,
    layers.Tanh,
    lambda: layers.Dropout(0.3),
    lambda: layers.MaxPool2D(1),
    lambda: layers.AveragePool2D(1),
]
ENDS = [list, lambda: [layers.Flatten()], lambda: [layers.GlobalAveragePool2D()]]


def test_a_work_array_is_used_again_and_begins_with_a_cache_line():
    work = WorkArrays()
    first = work.get("out", (3, 50), np.float32)
    assert first.ctypes.data % 64 == 0
    assert work.get("out", (3, 50), np.float32) is first
    assert np.shares_memory(work.get("out", (7, 5), np.float32), first)
    assert work.get("out", (3, 50), np.float64).dtype == np.float64
    assert not np.shares_memory(work.get("other", (3, 50), np.float32), first)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_relay_never_gives_the_array_that_is_read(dtype):
    relay, values = Relay(), np.ones((2, 3), dtype)
    for size in (1, 4, 2, 9):
        following = relay.get(values, (size, 3), dtype)
        assert following.shape == (size, 3)
        assert not np.shares_memory(following, values)
        assert relay.holds(following)
        values = following
    assert not relay.holds(np.ones(3))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, len(MAP_LAYERS) - 1), min_size=1, max_size=6),
    st.integers(0, len(ENDS) - 1),
    st.booleans(),
)
def test_layers_that_hand_on_in_the_same_memory_do_not_disturb_each_other(kinds, end, units):
    def network() -> Network:
        stack = [MAP_LAYERS[kind]() for kind in kinds] + ENDS[end]()
        dense = [layers.Dense(4), layers.ReLU(), layers.Dense(3)] if units and end else []
        made = Network([*stack, *dense], SHAPE)
        made.compute_in(np.float64)
        return made

    together, apart = network(), network()
    for layer in apart.layers:
        layer.relay = Relay()
    results = []
    for one in (together, apart):
        inputs = one.to_inside(np.random.default_rng(0).normal(size=(5, *SHAPE)))
        outputs = one.run(inputs, training=True).copy()
        rates = np.random.default_rng(1).normal(size=outputs.shape)
        back = one.run_back(rates)
        results.append([outputs, back.copy(), one.gradients])
    assert all(np.array_equal(a, b) for a, b in zip(*results, strict=True))


@pytest.mark.parametrize("last", MAP_LAYERS)
def test_what_a_network_puts_out_outlives_the_way_back(last):
    network = Network([layers.Conv2D(2, 3), layers.ReLU(), last()], SHAPE)
    inputs = network.to_inside(np.random.default_rng(0).random((5, *SHAPE), np.float32))
    outputs = network.run(inputs, training=True)
    before = outputs.copy()
    network.run_back(np.ones_like(outputs))
    assert np.array_equal(outputs, before)

"""Dead kernels, histograms and step sizes are those of the network."""

import numpy as np
import pytest

from playground.core import Network, layers
from playground.core.diagnosis import diagnose
from playground.core.layer_stats import Histogram, layer_stats


def network() -> Network:
    made = Network([layers.Conv2D(4, 3), layers.ReLU()], (8, 8, 1), seed=1)
    kernel, bias = made.layers[0].weights
    kernel[...] = np.abs(kernel)
    bias[...] = [0, -100, 0, -100]
    return made


def test_kernels_that_never_answer_are_dead():
    inputs = np.random.default_rng(0).random((5, 8, 8, 1), np.float32)
    conv, relu = layer_stats(network(), inputs)
    assert relu.dead == 0.5
    assert conv.dead is None


def test_the_ratio_is_the_length_of_the_step_over_that_of_the_weights():
    made = network()
    changes = [0.01 * array for array in made.weights]
    conv, _ = layer_stats(made, np.zeros((1, 8, 8, 1), np.float32), changes)
    assert conv.update_ratio == pytest.approx(0.01)


def test_a_histogram_counts_every_finite_value_between_its_ends():
    values = np.array([-1.0, 0.5, 0.5, np.nan, np.inf, 1.0])
    histogram = Histogram.of(values)
    assert histogram.counts.sum() == 4
    assert (histogram.low, histogram.high) == (-1, 1)


@pytest.mark.parametrize("value", [1e9, 3e38, -1e20])
def test_large_values_that_are_all_but_equal_are_counted(value):
    one = np.float32(value)
    for values in ([one, one], [one, np.nextafter(one, np.float32(0))]):
        assert Histogram.of(np.array(values, np.float32)).counts.sum() == 2


def test_a_layer_of_equal_values_has_a_histogram_too():
    assert Histogram.of(np.zeros(9)).counts.sum() == 9


@pytest.mark.parametrize(
    ("losses", "rate", "word"),
    [
        (np.ones(300), 0.0, "zero"),
        (np.ones(300), 0.1, "does not change"),
        (np.concatenate([np.ones(20), np.full(300, 50.0)]), 0.1, "higher than at the start"),
        (np.linspace(1, 0.1, 300), 0.1, ""),
        (np.ones(10), 0.1, ""),
    ],
)
def test_what_looks_wrong_is_said(losses, rate, word):
    found = diagnose(losses.astype(np.float32), rate)
    assert word in found
    assert bool(found) == bool(word)


def test_a_network_of_dead_kernels_is_pointed_out():
    made = network()
    made.layers[0].weights[1][...] = -100
    stats = layer_stats(made, np.ones((2, 8, 8, 1), np.float32))
    assert "dead" in diagnose(np.ones(3, np.float32), 0.1, stats)

"""The sum that is shown is the gradient that is used, and the slope agrees with both."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, Trainer, layers
from playground.core.explain.gradient_explanation import WeightPlace, explain_gradient
from playground.core.training import optimizers


def trainer(**settings) -> Trainer:
    rng = np.random.default_rng(0)
    stack = [
        layers.Conv2D(4, 3, padding="same", **settings),
        layers.Tanh(),
        layers.Conv2D(3, (2, 3)),
        layers.ReLU(),
        layers.Flatten(),
        layers.Dropout(0.2),
        layers.Dense(3),
    ]
    inputs = rng.random((10, 9, 8, 2), np.float32)
    network = Network(stack, (9, 8, 2), seed=2)
    return Trainer(
        network,
        inputs,
        rng.integers(0, 3, 10),
        loss="softmax_cross_entropy",
        optimizer=optimizers.Adam(),
        batch_size=5,
    )


@settings(max_examples=25, deadline=None)
@given(data=st.data(), layer=st.sampled_from([0, 2]), stride=st.sampled_from([1, 2]))
def test_the_sum_over_positions_and_batch_is_the_gradient(data, layer, stride):
    made = trainer(stride=stride)
    made.step()
    height, width, channels, filters = made.network.layers[layer].weights[0].shape
    tap = tuple(data.draw(st.integers(0, size - 1)) for size in (height, width, channels))
    kernel = data.draw(st.integers(0, filters - 1))
    found = explain_gradient(made, WeightPlace(layer, kernel, tap))
    used = made.network.layers[layer].gradients[0][(*tap, kernel)]
    assert found.gradient == used
    assert found.by_example.sum() == pytest.approx(used, rel=1e-4, abs=1e-7)
    assert found.weight == made.network.layers[layer].weights[0][(*tap, kernel)]
    assert np.array_equal(found.products, found.errors * found.inputs)
    assert found.products.sum() == pytest.approx(found.by_example[found.example], abs=1e-6)


@pytest.mark.parametrize("layer", [0, 2])
def test_a_bias_has_one_under_it_everywhere(layer):
    made = trainer()
    found = explain_gradient(made, WeightPlace(layer, 1, None))
    assert (found.inputs == 1).all()
    assert found.gradient == made.network.layers[layer].gradients[1][1]
    assert found.by_example.sum() == pytest.approx(found.gradient, rel=1e-4, abs=1e-7)


def test_the_example_that_contributes_most_is_shown_unless_one_is_asked_for():
    made = trainer()
    place = WeightPlace(0, 0, (1, 1, 0))
    found = explain_gradient(made, place)
    assert found.example == np.abs(found.by_example).argmax()
    assert explain_gradient(made, place, 3).example == 3
    assert explain_gradient(made, place, 99).example == 4


def test_there_is_no_explanation_of_what_is_no_weight():
    for place in (WeightPlace(1, 0, None), WeightPlace(0, 9, None), WeightPlace(0, 0, (9, 0, 0))):
        with pytest.raises(IndexError):
            explain_gradient(trainer(), place)

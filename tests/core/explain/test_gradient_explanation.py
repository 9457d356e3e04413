"""The sum that is shown is the gradient that is used, and the slope agrees with both."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, Trainer, layers
from playground.core.datasets.augment import Augmentation
from playground.core.explain.gradient_explanation import (
    WeightPlace,
    explain_gradient,
    measured_slope,
)
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


def even_trainer(seed=0, inputs=None, **conv) -> Trainer:
    """Kernels, ReLU, pooling, dropout and moved pictures: everything that has kinks or chance."""
    rng = np.random.default_rng(seed)
    stack = [
        layers.Conv2D(4, 3, padding="same", **conv),
        layers.ReLU(),
        layers.MaxPool2D(2),
        layers.Conv2D(3, 2),
        layers.LeakyReLU(-1.0),
        layers.Dropout(0.3),
        layers.Flatten(),
        layers.Dense(3),
    ]
    inputs = rng.random((20, 12, 11, 2), np.float32) if inputs is None else inputs
    return Trainer(
        *(Network(stack, inputs.shape[1:], seed=seed), inputs, rng.integers(0, 3, len(inputs))),
        loss="softmax_cross_entropy",
        optimizer="adam",
        batch_size=16,
        augment=Augmentation(shift=1, mirror=True),
    )


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 99), stride=st.sampled_from([1, 2]), data=st.data())
def test_the_slope_is_the_gradient_with_dropout_and_moved_pictures(seed, stride, data):
    made = even_trainer(seed, stride=stride)
    made.share_out(map, 2)  # as a run does on two cores
    made.network.parameters += 0.05  # away from biases of zero
    made.step()
    made.look()
    gradients = made.network.gradients
    scale = float(np.abs(gradients).max())
    for _ in range(6):
        index = data.draw(st.integers(0, gradients.size - 1))
        slope = measured_slope(made, index)
        assert slope.across == pytest.approx(gradients[index], rel=1e-3, abs=1e-5 * scale)
        if not slope.kink:
            assert slope.below == pytest.approx(slope.above, rel=1e-3, abs=1e-5 * scale)


def dark_at_the_first_step() -> Trainer:
    """Pictures that are black but for one corner: most of what reaches ReLU is its bias, 0."""
    inputs = np.zeros((20, 12, 11, 2), np.float32)
    inputs[:, :4, :4] = np.random.default_rng(1).random((20, 4, 4, 2), np.float32)
    return even_trainer(inputs=inputs)


@pytest.mark.parametrize("kernel", range(4))
def test_a_bias_of_zero_under_black_is_a_kink_and_said_to_be_one(kernel):
    made = dark_at_the_first_step()
    index = made.network.layers[0].weights[0].size + kernel
    slope = measured_slope(made, index)
    assert slope.kink
    # Below zero the black part stays off; above it, it is on: another slope. Moved a little to
    # one side, the bias is at no kink, and its gradient is that side's slope.
    for side, found in ((-1e-6, slope.below), (1e-6, slope.above)):
        made.network.parameters[index] = side
        made.look()
        assert found == pytest.approx(made.network.gradients[index], rel=1e-2, abs=1e-5)


def test_the_biases_of_other_layers_and_weights_off_the_kinks_are_no_kinks():
    made = dark_at_the_first_step()
    made.look()
    last = made.network.parameters.size - 1
    slope = measured_slope(made, last)
    assert not slope.kink
    assert slope.across == pytest.approx(made.network.gradients[last], rel=1e-4)


def test_a_tie_that_stays_a_tie_is_no_kink():
    """All windows of a flat picture tie, and go on to whatever the bias does."""
    stack = [layers.Conv2D(1, 1), layers.MaxPool2D(2)]
    network = Network(stack, (4, 4, 1))
    network.set_weights([np.ones((1, 1, 1, 1), np.float32), np.full(1, 0.5, np.float32)])
    flat = np.ones((3, 4, 4, 1), np.float32)
    made = Trainer(network, flat, np.zeros((3, 2, 2, 1), np.float32), optimizer="sgd")
    made.look()
    for index in (0, 1):
        slope = measured_slope(made, index)
        assert not slope.kink
        assert slope.across == pytest.approx(made.network.gradients[index], rel=1e-5)


def test_a_tie_that_the_weight_breaks_is_a_kink():
    stack = [layers.Conv2D(1, 1), layers.MaxPool2D(2)]
    network = Network(stack, (2, 2, 1))
    network.set_weights([np.zeros((1, 1, 1, 1), np.float32), np.ones(1, np.float32)])
    inputs = np.array([1.0, -2.0, 0.0, 0.5], np.float32).reshape(1, 2, 2, 1)
    made = Trainer(network, inputs, np.zeros((1, 1, 1, 1), np.float32), optimizer="sgd")
    slope = measured_slope(made, 0)
    # L = max(1 + w·x)²: x = 1 wins above, x = −2 below.
    assert slope.kink
    assert (slope.below, slope.above) == pytest.approx((-4, 2), rel=1e-5)


def test_the_check_leaves_the_trainer_as_it_was():
    made, other = even_trainer(), even_trainer()
    measured_slope(made, 0)
    assert made.network.dtype == np.float32
    assert made.step() == other.step()
    assert np.array_equal(made.network.parameters, other.network.parameters)

"""Dead kernels, histograms and step sizes are those of the network."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, Trainer, conv2d, layers
from playground.core.claims import Claim
from playground.core.explain.layer_stats import Histogram, diagnose, layer_stats


def network() -> Network:
    made = Network([layers.Conv2D(4, 3), layers.ReLU()], (8, 8, 1), seed=1)
    kernel, bias = made.layers[0].weights
    kernel[...] = np.abs(kernel)
    bias[...] = [0, -100, 0, -100]
    return made


def test_kernels_that_never_answer_are_dead():
    inputs = np.random.default_rng(0).random((5, 8, 8, 1), np.float32)
    conv, relu = layer_stats(network(), inputs)
    assert relu.dead == Claim("dead", (2, 4), 5)
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
    ("losses", "rate", "kind"),
    [
        (np.ones(300), 0.0, "rate zero"),
        (np.ones(300), 0.1, "loss still"),
        (np.concatenate([np.ones(20), np.full(300, 50.0)]), 0.1, "loss risen"),
        (np.linspace(1, 0.1, 300), 0.1, None),
        (np.ones(10), 0.1, None),
    ],
)
def test_what_looks_wrong_is_said(losses, rate, kind):
    found = diagnose(losses.astype(np.float32), rate)
    assert (None if found is None else found.kind) == kind


def test_how_far_the_loss_has_risen_is_said_with_its_numbers():
    losses = np.concatenate([np.full(10, 2.0), np.full(300, 50.0)]).astype(np.float32)
    assert diagnose(losses, 0.1) == Claim("loss risen", (25.0,), 100, exact=False)


def test_frozen_weights_are_not_taken_for_a_learning_rate_that_is_too_small():
    losses = np.ones(300, np.float32)
    assert diagnose(losses, 0.1, learns=np.zeros(7, bool)) == Claim("all frozen", (7,), 7)
    assert diagnose(losses, 0.1, learns=np.arange(7) > 5).kind == "loss still"


def test_a_schedule_that_has_come_to_zero_is_not_a_learning_rate_of_zero():
    losses = np.ones(300, np.float32)
    assert diagnose(losses, 0.1, rate=0.0).kind == "rate run down"
    assert diagnose(losses, 0.0, rate=0.0).kind == "rate zero"


def slopes(made, inputs):
    """∂L/∂w of the sum of the outputs, in the layout of the weights."""
    outputs = made.forward(inputs)
    made.backward(np.ones_like(outputs))
    return made.unpacked(made.gradients)


def test_a_network_of_dead_kernels_is_pointed_out():
    made = network()
    made.layers[0].weights[1][...] = -100
    inputs = np.ones((2, 8, 8, 1), np.float32)
    stats = layer_stats(made, inputs, gradients=slopes(made, inputs))
    assert diagnose(np.ones(3, np.float32), 0.1, stats) == Claim("all dead", (1, 4), 2)


def test_kernels_that_a_gradient_reaches_are_not_said_to_learn_nothing():
    # The batch of the coming step may be shifted, so that it wakes what sleeps as it is.
    made = network()
    made.layers[0].weights[1][...] = -100
    stats = layer_stats(made, np.ones((2, 8, 8, 1), np.float32), gradients=made.weights)
    assert diagnose(np.ones(3, np.float32), 0.1, stats) is None
    stats = layer_stats(made, np.ones((2, 8, 8, 1), np.float32))
    assert diagnose(np.ones(3, np.float32), 0.1, stats) is None


@pytest.mark.parametrize("awake", [0, 63, 64, 191, 192, 299, None])
def test_one_example_of_all_shows_that_a_kernel_lives(awake):
    made = network()
    made.layers[0].weights[1][...] = [-1, -1, -200, 5]
    inputs = np.zeros((300, 8, 8, 1), np.float32)
    if awake is not None:
        inputs[awake] = 100
    maps = made.forward(inputs)
    expected = int((maps.max(axis=(0, 1, 2)) <= 0).sum())
    _, relu = layer_stats(made, inputs)
    assert relu.dead.numbers == (expected, 4)
    assert relu.dead.exact
    assert relu.dead.over == 300 or not expected


def test_more_examples_than_are_looked_at_make_an_estimate_unless_all_kernels_live():
    made = network()
    inputs = np.random.default_rng(0).random((300, 8, 8, 1), np.float32)
    _, relu = layer_stats(made, inputs, most=100)
    assert relu.dead == Claim("dead", (2, 4), 100, exact=False)
    made.layers[0].weights[1][...] = 1
    assert layer_stats(made, inputs, most=100)[1].dead == Claim("dead", (0, 4), 64)


def test_dead_units_of_several_layers_are_counted_behind_each_other():
    made = Network(
        [
            *(layers.Conv2D(3, 3), layers.ReLU(), layers.Flatten()),
            *(layers.Dense(5), layers.ReLU(), layers.Dense(2)),
        ],
        (6, 6, 1),
        seed=3,
    )
    made.layers[0].weights[1][...] = [-50, 0, -2]
    made.layers[3].weights[1][...] = [-90, 0, 0, -1, -90]
    inputs = np.random.default_rng(1).normal(size=(200, 6, 6, 1)).astype(np.float32)
    kernel, bias, dense, units = made.weights[:4]
    windows = np.lib.stride_tricks.sliding_window_view(inputs[..., 0], (3, 3), axis=(1, 2))
    maps = np.maximum(np.einsum("nhwij,ijk->nhwk", windows, kernel[:, :, 0]) + bias, 0)
    rows = np.maximum(maps.reshape(200, -1) @ dense + units, 0)
    expected = [
        (int((each.max(axis=0) <= 0).sum()), each.shape[1]) for each in (maps.reshape(-1, 3), rows)
    ]
    assert [layer.dead.numbers for layer in layer_stats(made, inputs) if layer.dead] == expected


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_dead_is_what_conv2d_says_for_every_kind_of_convolution(data):
    pick = lambda *choices: data.draw(st.sampled_from(choices))  # noqa: E731
    channels, count, size = pick(1, 3), pick(1, 4), pick(1, 2, 3)
    stride, dilation, padding = pick(1, 2), pick(1, 2), pick("same", "valid", 1)
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    inputs = rng.normal(size=(90, 7, 8, channels)).astype(np.float32)
    conv = layers.Conv2D(count, size, stride=stride, padding=padding, dilation=dilation)
    made = Network([conv, layers.ReLU(), layers.MaxPool2D(2)], inputs.shape[1:], seed=2)
    kernel, bias = made.weights
    bias = -np.abs(kernel).sum(axis=(0, 1, 2)) * rng.choice([0, 2.2, 9], count).astype(np.float32)
    made.set_weights([kernel, bias])
    settings_ = {"stride": stride, "padding": padding, "dilation": dilation}
    alive = np.zeros(count, bool)
    for each in inputs:
        alive |= (conv2d(each, kernel, bias, **settings_) > 0).any(axis=(1, 2))
    assert layer_stats(made, inputs)[1].dead.numbers == (int((~alive).sum()), count)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_what_is_said_to_learn_nothing_keeps_its_weights_however_long_it_is_trained(optimizer):
    rng = np.random.default_rng(4)
    inputs = rng.random((40, 8, 8, 1), np.float32)
    made = Network(
        [
            *(layers.Conv2D(3, 3), layers.ReLU(), layers.Dropout(0.3)),
            *(layers.Flatten(), layers.Dense(2)),
        ],
        (8, 8, 1),
        seed=1,
    )
    made.set_weights([made.weights[0], np.full(3, -90.0), *made.weights[2:]])
    trainer = Trainer(
        made,
        inputs,
        np.arange(40) % 3 // 2,
        loss="softmax_cross_entropy",
        optimizer=optimizer,
        batch_size=7,
    )
    trainer.look()
    stats = layer_stats(made, inputs, gradients=made.unpacked(made.gradients))
    assert diagnose(np.ones(3, np.float32), 0.1, stats) == Claim("all dead", (1, 3), 40)
    before = made.weights
    for _ in range(30):
        trainer.step()
    kernel, bias, dense, last = made.weights
    assert np.array_equal(kernel, before[0])
    assert np.array_equal(bias, before[1])
    assert np.array_equal(dense, before[2])
    assert not np.array_equal(last, before[3])  # what is behind the dead kernels learns

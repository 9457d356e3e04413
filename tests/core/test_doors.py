"""The core's doors: whatever comes in, the right answer or one PlaygroundError goes out."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, Trainer, conv2d, layers, presets, which_filter
from playground.core.convolve.activations import activate
from playground.core.convolve.pooling import pool2d
from playground.core.datasets.dataset import Dataset
from playground.core.errors import PlaygroundError
from playground.core.explain.explain import explain_output
from playground.core.kernels import bank, initializers, kernel_ops
from playground.core.specs import ActivationSpec, BlockSpec, Pool2DSpec
from playground.core.training import losses, optimizers
from playground.core.training.schedules import Cosine, Step

RNG = np.random.default_rng(1)
IMAGE = RNG.random((8, 9, 2), np.float32)
KERNEL = RNG.random((3, 3, 2, 4), np.float32)
BANK = presets.starter_bank(1)
ROWS = RNG.random((2, 3))

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 6),
    st.integers(-3, 6).map(np.int64),
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(width=32).map(np.float32),
    st.complex_numbers(),
    st.text(max_size=3),
    st.lists(st.one_of(st.integers(-2, 4), st.lists(st.integers(0, 2), max_size=2)), max_size=3),
    st.tuples(st.integers(-2, 4), st.integers(-2, 4)),
    st.sampled_from([{}, object(), np.zeros(0), np.zeros((2, 0, 0, 1)), np.array(["a"]), print]),
    st.sampled_from([np.full((8, 8, 1), 1e300), np.ones((2, 8, 8, 1), int), 1e300, "sgd"]),
    st.sampled_from([10**400, -(10**400), 10**9, 2**63]),
)


def network() -> Network:
    return Network([layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(3)], (8, 8, 1))


def after_forward(gradient: object) -> object:
    made = network()
    made.forward(np.zeros((2, 8, 8, 1)))
    return made.backward(gradient)


DOORS = {
    "conv2d image": lambda odd: conv2d(odd, KERNEL),
    "conv2d kernel": lambda odd: conv2d(IMAGE, odd),
    "conv2d bias": lambda odd: conv2d(IMAGE, KERNEL, odd),
    "conv2d stride": lambda odd: conv2d(IMAGE, KERNEL, stride=odd),
    "conv2d padding": lambda odd: conv2d(IMAGE, KERNEL, padding=odd),
    "conv2d dilation": lambda odd: conv2d(IMAGE, KERNEL, dilation=odd),
    "conv2d edge": lambda odd: conv2d(IMAGE, KERNEL, edge=odd),
    "pool values": lambda odd: pool2d(odd, Pool2DSpec("max", 2)),
    "pool kind": lambda odd: pool2d(IMAGE, Pool2DSpec(odd, 2)),
    "pool size": lambda odd: pool2d(IMAGE, Pool2DSpec("max", odd)),
    "activation values": lambda odd: activate(odd, ActivationSpec("leaky_relu")),
    "activation name": lambda odd: activate(IMAGE, ActivationSpec(odd)),
    "activation slope": lambda odd: activate(IMAGE, ActivationSpec("leaky_relu", odd)),
    "Conv2D kernels": lambda odd: Network([layers.Conv2D(odd, 3)], (8, 8, 1)),
    "Conv2D size": lambda odd: Network([layers.Conv2D(2, odd)], (8, 8, 1)),
    "Conv2D stride": lambda odd: Network([layers.Conv2D(2, 3, odd)], (8, 8, 1)),
    "Dense": lambda odd: Network([layers.Flatten(), layers.Dense(odd)], (8, 8, 1)),
    "Dropout": lambda odd: layers.Dropout(odd),
    "MaxPool2D": lambda odd: Network([layers.MaxPool2D(odd)], (8, 8, 1)),
    "LeakyReLU": lambda odd: layers.LeakyReLU(odd),
    "network layers": lambda odd: Network(odd, (8, 8, 1)),
    "network layer": lambda odd: Network([odd], (8, 8, 1)),
    "network shape": lambda odd: Network([layers.ReLU()], odd),
    "network channels": lambda odd: Network([layers.ReLU()], (8, 8, odd)),
    "network seed": lambda odd: Network([layers.Conv2D(1, 3)], (8, 8, 1), seed=odd),
    "forward": lambda odd: network().forward(odd),
    "backward": after_forward,
    "set_weights": lambda odd: network().set_weights(odd),
    "one weight": lambda odd: network().set_weights([odd] * 4),
    "trainer inputs": lambda odd: Trainer(network(), odd, [0, 1]),
    "trainer targets": lambda odd: Trainer(network(), np.zeros((2, 8, 8, 1)), odd),
    "batch size": lambda odd: Trainer(
        network(), np.zeros((2, 8, 8, 1)), np.zeros((2, 3)), batch_size=odd
    ),
    "loss name": losses.get,
    "optimizer name": optimizers.get,
    "initializer name": initializers.get,
    "SGD": optimizers.SGD,
    "Adam": optimizers.Adam,
    "clip": lambda odd: optimizers.SGD(clipvalue=odd),
    "Step": lambda odd: Step(odd),
    "Step factor": lambda odd: Step(3, odd),
    "Cosine": lambda odd: Cosine(odd),
    "initializer shape": initializers.glorot_uniform,
    "initializer seed": lambda odd: initializers.he_normal((3, 3, 1, 2), odd),
    "zeros": initializers.zeros,
    "a weight": lambda odd: bank.set_weights(BANK, {(0, 0, 0, 0): odd}),
    "a bias": lambda odd: bank.set_bias(BANK, 0, odd),
    "scale": lambda odd: kernel_ops.scale(KERNEL[..., 0], odd),
    "resize": lambda odd: kernel_ops.resize_centered(KERNEL, odd, 3),
    **{
        f"{operation.__name__} kernel": operation
        for operation in (
            kernel_ops.normalise,
            kernel_ops.zero_mean,
            kernel_ops.negate,
            kernel_ops.flip_horizontal,
            kernel_ops.flip_vertical,
            kernel_ops.transpose,
            kernel_ops.rotate90,
            kernel_ops.rotate45,
        )
    },
    "scaled kernel": lambda odd: kernel_ops.scale(odd, 2.0),
    "resized kernel": lambda odd: kernel_ops.resize_centered(odd, 3, 3),
    "spread kernel": lambda odd: kernel_ops.spread(odd, 2),
    "spread channels": lambda odd: kernel_ops.spread(KERNEL[..., 0, 0], odd),
    "kernels of other channels": lambda odd: kernel_ops.to_channels(odd, 2),
    "other channels": lambda odd: kernel_ops.to_channels(KERNEL, odd),
    "kernel put in": lambda odd: bank.set_kernel(BANK, 0, odd),
    "where a kernel is put in": lambda odd: bank.set_kernel(BANK, odd, KERNEL[..., :1, 0]),
    "kernels put in": lambda odd: bank.with_kernels(BANK, odd),
    "name": lambda odd: bank.rename(BANK, odd, "x"),
    "removed": lambda odd: bank.remove(BANK, [odd]),
    "duplicated": lambda odd: bank.duplicate(BANK, [odd]),
    "order": lambda odd: bank.reorder(BANK, [0, odd]),
    "explained image": lambda odd: explain_output(odd, BlockSpec(BANK), 0, 1, 1),
    "explained kernel": lambda odd: explain_output(IMAGE[..., :1], BlockSpec(BANK), odd, 1, 1),
    "explained row": lambda odd: explain_output(IMAGE[..., :1], BlockSpec(BANK), 0, odd, 1),
    "explained column": lambda odd: explain_output(IMAGE[..., :1], BlockSpec(BANK), 0, 1, odd),
    "preset": presets.build_preset,
    "preset's size": lambda odd: presets.build_preset("gaussian_blur", size=odd),
    "preset's sigma": lambda odd: presets.build_preset("gaussian_blur", sigma=odd),
    "which_filter before": lambda odd: which_filter(odd, IMAGE[..., :1], 3),
    "which_filter after": lambda odd: which_filter(IMAGE[..., :1], odd, 3),
    "which_filter size": lambda odd: which_filter(IMAGE[..., :1], IMAGE[..., :1], odd),
    "which_filter anchor": lambda odd: which_filter(IMAGE[..., :1], IMAGE[..., :1], 3, anchor=odd),
    "data set's pictures": lambda odd: Dataset(odd, [0, 1], ("a", "b"), "x"),
    "data set's labels": lambda odd: Dataset(np.zeros((2, 4, 4, 1)), odd, ("a", "b"), "x"),
    "data set's names": lambda odd: Dataset(np.zeros((2, 4, 4, 1)), [0, 1], odd, "x"),
    **{
        f"{name} {what}": door
        for name, loss in losses.ALL.items()
        for what, door in (
            ("outputs", lambda odd, loss=loss: loss()(odd, [0, 1])),
            ("targets", lambda odd, loss=loss: loss()(ROWS, odd)),
            ("gradient", lambda odd, loss=loss: loss().gradient(ROWS, odd)),
        )
    },
}


@pytest.mark.parametrize("door", DOORS)
@settings(max_examples=30, deadline=None)
@given(odd=ODD)
def test_what_does_not_fit_is_one_sentence(door, odd):
    with np.errstate(all="ignore"), suppress(PlaygroundError):
        DOORS[door](odd)


def test_integer_maps_have_the_mean_of_their_values():
    values = np.array([[[1, 2], [3, 4]]])
    np.testing.assert_array_equal(pool2d(values, Pool2DSpec("average", 2)), [[[2.5]]])


def test_integers_keep_the_slope_of_leaky_relu():
    values = activate(np.array([-10, 10]), ActivationSpec("leaky_relu", 0.1))
    np.testing.assert_allclose(values, [-1, 10], rtol=1e-6)


@pytest.mark.parametrize("kind", ["avg", "MAX", "mean"])
def test_a_kind_of_pooling_that_does_not_exist_is_refused(kind):
    with pytest.raises(PlaygroundError, match="max, average"):
        pool2d(IMAGE, Pool2DSpec(kind, 2))


def test_an_activation_that_does_not_exist_is_no_sigmoid():
    with pytest.raises(PlaygroundError, match="An activation is one of"):
        activate(IMAGE, ActivationSpec("gelu"))


def test_what_is_finite_in_float64_alone_is_refused_where_float32_is_computed():
    with pytest.raises(PlaygroundError, match="not finite"):
        conv2d(np.full((4, 4, 1), 1e300), np.ones((3, 3, 1, 1), np.float32))


def test_a_padding_of_thousands_of_pixels_is_refused_before_memory_is_taken():
    with pytest.raises(PlaygroundError, match="choose less"):
        conv2d(IMAGE, KERNEL, padding=20_000)


def test_numpys_integers_are_whole_numbers():
    made = Network([layers.Conv2D(np.int64(2), np.int32(3), stride=np.uint8(1))], (8, 8, 1))
    assert made.shapes == [(6, 6, 2)]


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_tail_of_the_sigmoid_is_exact(kind):
    values = np.array([-87, -20, -5, 0, 5, 20, 88], kind)
    exact = np.array([1 / (1 + np.exp(-np.longdouble(v))) for v in values]).astype(kind)
    found = activate(values, ActivationSpec("sigmoid"))
    np.testing.assert_allclose(found, exact, rtol=1e-6)
    np.testing.assert_array_equal(activate(values, ActivationSpec("sigmoid"), values), found)


@pytest.mark.parametrize("from_logits", [False, True])
def test_a_sigmoid_that_is_very_wrong_still_learns(from_logits):
    loss = losses.BinaryCrossEntropy(from_logits)
    layer = layers.Sigmoid()
    logits = np.full((1, 1), -20, np.float32)
    outputs = logits if from_logits else layer.forward(logits)
    slope = np.empty_like(outputs)
    loss.measure(outputs, np.ones((1, 1), np.float32), slope)
    back = slope if from_logits else layer.backward(slope)
    np.testing.assert_allclose(back, -1, rtol=1e-5)


@pytest.mark.parametrize(
    "make",
    [
        lambda: kernel_ops.spread(np.ones((3, 3)), 10**9),
        lambda: kernel_ops.to_channels(KERNEL, 10**9),
        lambda: Network([layers.Conv2D(10**9, 3)], (8, 8, 1)),
        lambda: Network([layers.Flatten(), layers.Dense(10**9)], (8, 8, 1)),
    ],
)
def test_more_weights_than_memory_has_are_refused_before_it_is_taken(make):
    with pytest.raises(PlaygroundError, match="million weights"):
        make()


@pytest.mark.parametrize("kind", [np.uint8, np.int64, ">f4", np.float16, bool])
def test_kernels_of_every_type_of_number_are_turned_and_summed_as_numbers(kind):
    kernel = np.array([[1, 0, 1], [0, 1, 0], [0, 0, 1]]).astype(kind)
    as_float = kernel.astype(np.float32)
    for operation in (kernel_ops.normalise, kernel_ops.negate, kernel_ops.rotate45):
        np.testing.assert_array_equal(operation(kernel[..., None]), operation(as_float[..., None]))

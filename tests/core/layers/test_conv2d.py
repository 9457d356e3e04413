"""The convolution layer: its outputs are conv2d's, and its gradients those of its sum."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.core import Network, conv2d, layers
from playground.core.convolve.geometry import output_size
from playground.core.errors import PlaygroundError
from tests.core.differences import check_network, with_normal_weights

paddings = st.one_of(
    st.sampled_from(["same", "valid"]), st.integers(0, 3), st.tuples(*[st.integers(0, 3)] * 4)
)


@st.composite
def convolutions(draw):
    """(network of one convolution with random float64 weights, batch)."""
    size = draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    kernel = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    chosen = {
        "stride": draw(st.integers(1, 3)),
        "padding": draw(paddings),
        "dilation": draw(st.integers(1, 3)),
    }
    try:
        output_size(size, kernel, chosen["stride"], chosen["padding"], chosen["dilation"])
    except PlaygroundError:
        assume(False)
    layer = layers.Conv2D(draw(st.integers(1, 4)), kernel, use_bias=draw(st.booleans()), **chosen)
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    shape = (*size, draw(st.integers(1, 3)))
    network = with_normal_weights(Network([layer], shape), rng)
    return network, rng.normal(size=(draw(st.integers(1, 3)), *shape))


@settings(max_examples=150, deadline=None)
@given(convolutions())
def test_outputs_are_the_ones_of_conv2d(case):
    network, batch = case
    (layer,) = network.layers
    kernel, *bias = layer.weights
    chosen = {name: getattr(layer, name) for name in ("stride", "padding", "dilation")}
    outputs = network.forward(batch)
    for picture, output in zip(batch, outputs, strict=True):
        maps = conv2d(picture, np.ascontiguousarray(kernel), *bias, **chosen)
        assert output == pytest.approx(maps.transpose(1, 2, 0), abs=1e-12)


@settings(max_examples=150, deadline=None)
@given(convolutions())
def test_gradients_are_the_slopes_of_the_outputs(case):
    check_network(*case)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(1, 3), st.sampled_from(["same", "valid"]))
def test_gradients_of_wide_batches_are_summed_over_all_their_parts(channels, stride, padding):
    # Large products are computed in parts of their columns.
    rng = np.random.default_rng(channels)
    layer = layers.Conv2D(64, (3, 4), stride=stride, padding=padding)
    network = with_normal_weights(Network([layer], (9, 21, channels)), rng)
    batch = rng.normal(size=(24, 9, 21, channels))
    outputs = network.forward(batch)
    rates = rng.normal(size=outputs.shape)
    network.backward(rates)
    whole = [gradient.copy() for gradient in layer.gradients]
    total = [np.zeros_like(gradient) for gradient in whole]
    for picture, rate in zip(batch, rates, strict=True):
        network.forward(picture[np.newaxis])
        network.backward(rate[np.newaxis])
        for mine, gradient in zip(total, layer.gradients, strict=True):
            mine += gradient
    for one, other in zip(whole, total, strict=True):
        assert one == pytest.approx(other, abs=1e-9)


def test_twelve_kernels_on_one_channel():
    layer = layers.Conv2D(12, 3)
    Network([layer], (25, 25, 1))
    kernel, bias = layer.weights
    assert kernel.shape == (3, 3, 1, 12)
    assert bias.shape == (12,)
    assert not bias.any()
    assert np.abs(kernel).max() <= np.sqrt(6 / (9 + 108))
    assert np.unique(kernel).size == kernel.size
    assert [gradient.shape for gradient in layer.gradients] == [(3, 3, 1, 12), (12,)]


def test_without_bias_there_is_one_array():
    layer = layers.Conv2D(2, (2, 3), use_bias=False)
    network = Network([layer], (6, 6, 4))
    assert [values.shape for values in layer.weights] == [(2, 3, 4, 2)]
    assert network.forward(np.zeros((1, 6, 6, 4))).max() == 0


@pytest.mark.parametrize("name", ["he_normal", "lecun_uniform", "zeros"])
def test_kernels_start_as_the_named_initializer_says(name):
    from playground.core.kernels import initializers

    layer = layers.Conv2D(5, 3, initializer=name)
    Network([layer], (8, 8, 2), seed=7)
    expected = initializers.get(name)((3, 3, 2, 5), np.random.default_rng(7))
    assert np.array_equal(layer.weights[0], expected)


def test_an_initializer_can_be_a_function():
    layer = layers.Conv2D(2, 2, initializer=lambda shape, seed: np.full(shape, 0.25))
    Network([layer], (4, 4, 1))
    assert (layer.weights[0] == 0.25).all()


def test_an_unknown_initializer_is_named():
    with pytest.raises(PlaygroundError, match="glorrot"):
        Network([layers.Conv2D(2, 2, initializer="glorrot")], (4, 4, 1))


@pytest.mark.parametrize(
    "chosen",
    [
        {"filters": 0, "kernel_size": 3},
        {"filters": 2, "kernel_size": 0},
        {"filters": 2, "kernel_size": (3, 0)},
        {"filters": 2, "kernel_size": (3,)},
        {"filters": 2, "kernel_size": (3, 3, 3)},
        {"filters": 2, "kernel_size": 3, "stride": 0},
        {"filters": 2, "kernel_size": 3, "dilation": 0},
    ],
)
def test_sizes_start_at_one(chosen):
    with pytest.raises(PlaygroundError):
        layers.Conv2D(**chosen)


@pytest.mark.parametrize("padding", ["full", -1, (1, 2, 3)])
def test_impossible_paddings_are_refused(padding):
    with pytest.raises(PlaygroundError, match="Padding"):
        Network([layers.Conv2D(2, 3, padding=padding)], (8, 8, 1))


def test_the_border_stays_zero_when_batches_change_their_size():
    rng = np.random.default_rng(0)
    network = with_normal_weights(Network([layers.Conv2D(2, 3, padding="same")], (5, 5, 2)), rng)
    batch = rng.normal(size=(6, 5, 5, 2))
    each = [network.forward(picture[np.newaxis])[0] for picture in batch]
    for count in (6, 2, 5, 1, 6):
        assert network.forward(batch[:count]) == pytest.approx(np.array(each[:count]), abs=1e-12)

"""A described network is built with its weights, and read back unchanged."""

import numpy as np
import pytest

from playground.core import conv2d
from playground.core.errors import ImpossibleLayerError
from playground.core.network.building import (
    build,
    initialized,
    same_outline,
    weights_of,
    with_weights,
)
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    GlobalAveragePool2DSpec,
    NetworkSpec,
    Pool2DSpec,
)
from playground.core.tasks.classify import classifier


def conv(filters=3, channels=1, **settings) -> Conv2DSpec:
    rng = np.random.default_rng(filters)
    kernel = rng.standard_normal((3, 3, channels, filters))
    return Conv2DSpec(kernel, rng.standard_normal(filters), tuple("k" * filters), **settings)


def image() -> np.ndarray:
    return np.random.default_rng(9).random((12, 10, 1), np.float32)


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("stride", [1, 2])
def test_the_built_layer_computes_what_is_explored(flip, stride):
    spec = conv(flip=flip, stride=stride)
    network = build(NetworkSpec((spec,)), (12, 10, 1))
    explored = conv2d(image(), spec.kernel, spec.bias, stride=stride, flip=flip)
    assert network.forward(image()[np.newaxis])[0].transpose(2, 0, 1) == pytest.approx(
        explored, abs=1e-5
    )


def test_weights_come_back_as_they_went_in():
    spec = initialized(classifier((28, 28, 1), (4, 6), tuple("abc")), "he_normal", 3, (28, 28, 1))
    for described in (spec, NetworkSpec((conv(flip=True),))):
        shape = described.input_shape or (12, 10, 1)
        network = build(described, shape)
        assert with_weights(described, network.weights) == described
        assert with_weights(described, weights_of(described)) == described


@pytest.mark.parametrize("name", ["none", "relu", "leaky_relu", "abs", "sigmoid", "tanh"])
def test_every_activation_that_can_be_explored_can_be_trained(name):
    activation = ActivationSpec(name)
    network = build(NetworkSpec((conv(), activation)), (12, 10, 1))
    plain, active = network.activations(image())
    from playground.core.convolve.activations import activate

    assert active == pytest.approx(activate(plain.copy(), activation), abs=1e-6)
    network.forward(image()[np.newaxis])
    network.backward(np.ones((1, 12, 10, 3), np.float32))
    assert np.isfinite(network.gradients).all()


def test_fresh_weights_fit_what_comes_in_and_follow_the_seed():
    spec = classifier((28, 28, 1), (4, 6), tuple("abc"))
    one, same, other = (
        initialized(spec, "glorot_uniform", seed, (28, 28, 1)) for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other
    assert same_outline(one, other)
    build(one, (28, 28, 1))


def test_the_layer_that_does_not_fit_is_named():
    dense = DenseSpec(np.zeros((5, 2)), np.zeros(2), ("a", "b"))
    for layers, index in (
        ((conv(), conv(2, channels=4)), 1),
        ((conv(), FlattenSpec(), dense), 2),
        ((conv(), dense), 1),
        ((conv(), Pool2DSpec("max", 50)), 1),
        ((conv(edge="wrap"),), 0),
        ((conv(), FlattenSpec(), Pool2DSpec()), 2),
    ):
        with pytest.raises(ImpossibleLayerError) as raised:
            build(NetworkSpec(layers), (12, 10, 1))
        assert raised.value.index == index


def test_every_kind_of_layer_stands_in_one_network():
    dense = DenseSpec(np.ones((3, 2)), np.zeros(2), ("a", "b"))
    layers = (conv(), Pool2DSpec("average"), GlobalAveragePool2DSpec(), DropoutSpec(), dense)
    assert build(NetworkSpec(layers), (12, 10, 1)).forward(image()[np.newaxis]).shape == (1, 2)

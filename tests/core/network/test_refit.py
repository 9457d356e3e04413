"""Layers that come, go and move leave weights behind them that fit what now comes in."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core.errors import PlaygroundError
from playground.core.kernels import bank
from playground.core.layers import LAYER_KINDS
from playground.core.network.building import build, shape_behind
from playground.core.network.refit import (
    new_layer,
    refitted,
    shape_before,
    with_kernels_moved,
    with_setting,
)
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    FlattenSpec,
    GlobalAveragePool2DSpec,
    NetworkSpec,
    Pool2DSpec,
)

RNG = np.random.default_rng(5)
SHAPE = (12, 10, 1)


def conv(channels: int, kernels: int, **settings) -> Conv2DSpec:
    weights = RNG.normal(size=(3, 3, channels, kernels))
    return Conv2DSpec(weights, RNG.normal(size=kernels), ("k",) * kernels, **settings)


def dense(inputs: int, units: int = 4) -> DenseSpec:
    return DenseSpec(RNG.normal(size=(inputs, units)), np.zeros(units), ("u",) * units)


def classifier(middle=FlattenSpec()) -> NetworkSpec:  # noqa: B008 - a frozen value
    """Two blocks and a dense layer, which fit each other on `SHAPE`."""
    inputs = 5 * 6 * 4 if isinstance(middle, FlattenSpec) else 4
    layers = (conv(1, 3), ActivationSpec(), Pool2DSpec(), conv(3, 4), middle, dense(inputs))
    return NetworkSpec(layers)


def outputs(spec: NetworkSpec) -> np.ndarray:
    pictures = np.random.default_rng(1).random((2, *SHAPE), np.float32)
    return build(spec, SHAPE).forward(pictures)


@pytest.mark.parametrize("kind", [key for key, kind in LAYER_KINDS.items() if kind.fresh])
def test_every_kind_fits_what_comes_in(kind):
    shape = (30,) if kind == "dense" else (8, 6, 5)
    assert shape_behind(new_layer(kind, shape, 0), shape)


def test_new_weights_are_glorot_uniform_and_differ():
    layer = new_layer("conv", (8, 6, 5), 0)
    assert layer.kernel.shape == (3, 3, 5, 8)
    limit = np.sqrt(6 / (9 * 5 + 9 * 8))
    assert 0.9 * limit < np.abs(layer.kernel).max() <= limit
    assert np.array_equal(layer.kernel, new_layer("conv", (8, 6, 5), 0).kernel)
    assert not np.array_equal(layer.kernel, new_layer("conv", (8, 6, 5), 1).kernel)
    assert shape_behind(new_layer("dense", (30,), 0), (30,)) == (10,)


def test_a_dense_layer_that_would_be_too_large_is_refused():
    with pytest.raises(PlaygroundError, match="pool before it"):
        new_layer("dense", (1_000_000,), 0)
    with pytest.raises(PlaygroundError, match="pool before it"):
        refitted(NetworkSpec((conv(1, 8), FlattenSpec(), dense(3))), (900, 900, 1), 0)


def test_what_fits_is_left_alone():
    spec = classifier()
    assert refitted(spec, SHAPE, 0) == spec


def test_channels_that_fit_are_kept_and_others_are_drawn():
    spec = classifier()
    more = spec.with_layer(0, bank.duplicate(spec.conv(0), [0, 1]))
    fitted = refitted(more, SHAPE, 0)
    kernel = fitted.conv(3).kernel
    assert kernel.shape == (3, 3, 5, 4)
    assert np.array_equal(kernel[:, :, :3], spec.conv(3).kernel)
    assert np.all(kernel[:, :, 3:] != 0)
    fewer = refitted(spec.with_layer(0, bank.remove(spec.conv(0), [2])), SHAPE, 0)
    assert np.array_equal(fewer.conv(3).kernel, spec.conv(3).kernel[:, :, :2])


def test_a_dense_layer_is_fitted_to_what_comes_in():
    spec = classifier()
    fitted = refitted(spec.with_layer(2, Pool2DSpec("max", 5)), SHAPE, 0)
    assert fitted.layers[5].kernel.shape == (2 * 2 * 4, 4)
    assert outputs(fitted).shape == (2, 4)


def test_behind_an_impossible_layer_nothing_is_changed():
    spec = classifier().with_layer(2, Pool2DSpec("max", 50))
    changed = spec.with_layer(0, bank.remove(spec.conv(0), [0]))
    assert refitted(changed, SHAPE, 0).layers[2:] == spec.layers[2:]


def test_shapes_before_layers():
    spec = classifier()
    shapes = [shape_before(spec, index, SHAPE) for index in range(7)]
    assert shapes == [SHAPE, (12, 10, 3), (12, 10, 3), (6, 5, 3), (6, 5, 4), (120,), (4,)]


@pytest.mark.parametrize("middle", [FlattenSpec(), GlobalAveragePool2DSpec()])
@pytest.mark.parametrize("index", [0, 3])
def test_kernels_that_change_places_change_nothing_behind_them(middle, index):
    spec = classifier(middle)
    order = [2, 0, 1] if index == 0 else [3, 1, 0, 2]
    moved = bank.reorder(spec.conv(index), order)
    after = with_kernels_moved(spec, index, moved, order, 0)
    assert after != spec
    np.testing.assert_allclose(outputs(after), outputs(spec), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("middle", [FlattenSpec(), GlobalAveragePool2DSpec()])
def test_a_removed_kernel_takes_its_weights_with_it(middle):
    spec = classifier(middle)
    silent = spec.conv(3).kernel.copy()
    silent[..., 1] = 0
    bias = spec.conv(3).bias.copy()
    bias[1] = 0
    spec = spec.with_layer(3, replace(spec.conv(3), kernel=silent, bias=bias))
    fewer = with_kernels_moved(spec, 3, bank.remove(spec.conv(3), [1]), [0, 2, 3], 0)
    np.testing.assert_allclose(outputs(fewer), outputs(spec), rtol=1e-4, atol=1e-5)


def test_a_new_kernel_gets_fresh_weights():
    spec = classifier()
    one = spec.conv(0).kernel[..., :1]
    more = bank.insert(spec.conv(0), 3, one, np.zeros(1), ["new"])
    after = with_kernels_moved(spec, 0, more, [0, 1, 2, None], 0)
    assert np.array_equal(after.conv(3).kernel[:, :, :3], spec.conv(3).kernel)
    assert np.all(after.conv(3).kernel[:, :, 3] != 0)
    assert outputs(after).shape == (2, 4)


def test_units_come_and_go_at_the_end():
    layer = dense(6, 4)
    more = with_setting(layer, "units", 7, 0)
    assert np.array_equal(more.kernel[:, :4], layer.kernel)
    assert more.names == ("u", "u", "u", "u", "unit 4", "unit 5", "unit 6")
    assert with_setting(more, "units", 4, 0) == layer

"""PReLU: a slope for each channel, learned, that goes where its channel goes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, Trainer, layers
from playground.core.errors import PlaygroundError
from playground.core.explain.gradient_explanation import WeightPlace, explain_gradient
from playground.core.explain.layer_stats import layer_stats
from playground.core.kernels import bank
from playground.core.layers.prelu import PReLUSpec
from playground.core.network.building import build
from playground.core.network.refit import new_layer, refitted, with_kernels_moved
from playground.core.specs import FlattenSpec, NetworkSpec
from playground.core.training.optimizers import Adam
from tests.core.differences import check_network, spaced, with_normal_weights

SHAPE = (6, 5, 2)


def network(*behind) -> NetworkSpec:
    """Three kernels, their slopes 1, 2 and 3, and what stands behind."""
    conv = bank.remove(new_layer("conv", SHAPE, 0), range(3, 8))
    layers = (conv, PReLUSpec(np.array([[[1.0, 2.0, 3.0]]])))
    return refitted(NetworkSpec((*layers, *behind), SHAPE), SHAPE, 0)


@settings(max_examples=30, deadline=None)
@given(
    st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(1, 3)),
    st.booleans(),
)
def test_outputs_and_gradients(shape, in_a_row):
    before = [layers.Flatten()] if in_a_row else []
    rng = np.random.default_rng(0)
    made = with_normal_weights(Network([*before, layers.PReLU()], shape[1:]), rng)
    batch = spaced(shape, rng, gap=0.05)
    values = batch.reshape(len(batch), -1) if in_a_row else batch
    expected = np.where(values > 0, values, made.weights[0] * values)
    assert made.forward(batch) == pytest.approx(expected, abs=1e-12)
    check_network(made, batch)


def test_it_begins_with_zeros_as_in_keras_and_at_zero_has_the_negative_sides_slope():
    made = Network([layers.PReLU()], (1, 1, 2))
    assert made.weights[0].shape == (1, 1, 2)
    assert not made.weights[0].any()
    made.set_weights([np.array([[[0.5, -2.0]]])])
    made.forward(np.array([0.0, -0.0]).reshape(1, 1, 1, 2))
    assert made.backward(np.ones((1, 1, 1, 2))).ravel().tolist() == [0.5, -2.0]


def test_the_slopes_are_learned():
    rng = np.random.default_rng(0)
    pictures = rng.normal(size=(32, 4, 4, 2)).astype(np.float32)
    wanted = np.where(pictures > 0, pictures, np.array([0.5, -1]) * pictures)
    made = Network([layers.PReLU()], (4, 4, 2))
    fast = Adam(0.05)
    trainer = Trainer(
        made, pictures, wanted, loss="mean_squared_error", optimizer=fast, batch_size=32
    )
    for _ in range(200):
        trainer.step()
    assert made.weights[0].ravel() == pytest.approx([0.5, -1], abs=1e-2)
    whole = Network([layers.PReLU(), layers.Conv2D(2, 3)], (4, 4, 2))
    trainer = Trainer(
        whole,
        pictures,
        pictures[:, :2, :2],
        loss="mean_squared_error",
        optimizer=fast,
        batch_size=8,
    )
    explained = explain_gradient(trainer, WeightPlace(1, 1, (0, 2, 1)))
    assert explained.by_example.sum() == pytest.approx(explained.gradient, abs=1e-5)
    assert [stats.name for stats in layer_stats(whole, pictures)] == ["PReLU", "Conv2D"]


def test_a_slope_moves_with_its_kernel_and_that_of_a_new_one_is_zero():
    spec = network(new_layer("conv", (6, 5, 3), 1))
    moved = bank.reorder(spec.conv(0), [2, 0])
    moved = bank.insert(moved, 2, spec.conv(0).kernel[..., :1], np.zeros(1), ["new"])
    after = with_kernels_moved(spec, 0, moved, [2, 0, None], 0)
    assert after.layers[1].alpha.tolist() == [[[3, 1, 0]]]
    # The layer behind follows as well.
    assert np.array_equal(after.conv(2).kernel[:, :, 0], spec.conv(2).kernel[:, :, 2])


def test_slopes_in_a_row_move_with_their_kernel_at_every_place():
    spec = network(FlattenSpec())
    row = PReLUSpec(np.arange(90.0))
    spec = NetworkSpec((spec.layers[0], FlattenSpec(), row), SHAPE)
    moved = with_kernels_moved(spec, 0, bank.reorder(spec.conv(0), [1, 2, 0]), [1, 2, 0], 0)
    expected = np.arange(90.0).reshape(30, 3)[:, [1, 2, 0]]
    assert np.array_equal(moved.layers[2].alpha.reshape(30, 3), expected)


def test_slopes_are_made_to_fit_what_comes_in():
    spec = network()
    fewer = spec.with_layer(0, bank.remove(spec.conv(0), [2]))
    with pytest.raises(PlaygroundError, match="slopes of shape"):
        build(fewer, SHAPE)
    assert refitted(fewer, SHAPE, 0).layers[1].alpha.tolist() == [[[1, 2]]]
    more = spec.with_layer(0, bank.duplicate(spec.conv(0), [0]))
    assert refitted(more, SHAPE, 0).layers[1].alpha.tolist() == [[[1, 2, 3, 0]]]
    behind = NetworkSpec((spec.layers[0], FlattenSpec(), spec.layers[1]), SHAPE)
    assert refitted(behind, SHAPE, 0).layers[2].alpha.shape == (90,)


@pytest.mark.parametrize("shape", [(0,), (2, 1, 3), (2, 2), (1, 1, 0)])
def test_slopes_of_another_shape_are_refused(shape):
    with pytest.raises(PlaygroundError, match="one slope for each channel"):
        PReLUSpec(np.zeros(shape))

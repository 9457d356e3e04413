"""The arithmetic of one value ends at exactly the value that the map shows."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.core import conv2d
from playground.core.convolve.activations import activate
from playground.core.convolve.geometry import receptive_field
from playground.core.convolve.pooling import pool2d
from playground.core.errors import PlaygroundError
from playground.core.explain.explain import explain_output
from playground.core.specs import ACTIVATIONS, ActivationSpec, BlockSpec, Conv2DSpec, Pool2DSpec
from tests.core.cases import Case, cases
from tests.core.reference import pad, sides_of

shares = st.tuples(*[st.floats(0, 1, exclude_max=True)] * 3)
activations = st.builds(ActivationSpec, st.sampled_from(ACTIVATIONS), st.floats(0, 0.5))
pools = st.one_of(
    st.none(), st.builds(Pool2DSpec, st.sampled_from(["max", "average"]), st.integers(1, 4))
)


def image_of(case: Case) -> np.ndarray:
    return case.arrays(np.float32)[0]


def maps_of(case: Case, block: BlockSpec) -> np.ndarray:
    """The maps as the app computes them, in float32."""
    active = activate(case.maps(np.float32), block.activation)
    return active if block.pool is None else pool2d(active, block.pool)


def taken_apart(case: Case, block: BlockSpec, where):
    """A value somewhere in the maps: its explanation, and the value itself."""
    assume(case.fits)
    try:
        maps = maps_of(case, block)
    except PlaygroundError:
        assume(False)
    kernel, row, column = (int(w * n) for w, n in zip(where, maps.shape, strict=True))
    explanation = explain_output(image_of(case), block, kernel, row, column)
    assert (explanation.kernel, explanation.row, explanation.column) == (kernel, row, column)
    return explanation, maps[kernel, row, column]


def place_of(explanation):
    """Where the value that is taken apart stands in the map before pooling."""
    if not explanation.candidates:
        return explanation.row, explanation.column
    candidate = explanation.candidates[explanation.chosen]
    return candidate.row, candidate.column


@settings(max_examples=300, deadline=None)
@given(cases(3, 3), activations, pools, shares)
def test_the_value_is_the_map_s_for_every_setting(case: Case, activation, pool, where):
    block = BlockSpec(case.spec(), activation, pool)
    explanation, value = taken_apart(case, block, where)
    scale = max(1.0, float(np.abs(explanation.products).sum()))
    assert explanation.value == pytest.approx(float(value), abs=1e-5 * scale)


@settings(max_examples=150, deadline=None)
@given(cases(3, 3), activations, pools, shares)
def test_each_step_follows_from_the_one_before(case: Case, activation, pool, where):
    block = BlockSpec(case.spec(), activation, pool)
    one, _ = taken_apart(case, block, where)
    assert np.array_equal(one.products, one.weights * one.patch)
    assert one.sum == pytest.approx(np.einsum("yxc,yxc", one.weights, one.patch), abs=1e-9)
    assert one.bias == block.conv.bias[one.kernel]
    assert one.pre_activation == one.sum + one.bias
    assert one.activated == activate(np.array([one.pre_activation]), activation)[0]
    values = [candidate.value for candidate in one.candidates]
    if pool is None:
        assert one.value == one.activated
        assert values == []
    else:
        assert len(values) == pool.size**2
        assert values[one.chosen] == one.activated
        assert one.value == (max(values) if pool.kind == "max" else np.mean(values))


@settings(max_examples=150, deadline=None)
@given(cases(3, 3), pools, shares)
def test_the_patch_is_cut_from_the_padded_image(case: Case, pool, where):
    conv = case.spec()
    one, _ = taken_apart(case, BlockSpec(conv, pool=pool), where)
    (kh, kw), d = conv.kernel_size, conv.dilation
    sides = sides_of(conv.padding, case.size, (kh, kw), conv.stride, d)
    row, column = (place * conv.stride for place in place_of(one))
    taps = slice(row, row + d * (kh - 1) + 1, d), slice(column, column + d * (kw - 1) + 1, d)
    assert np.array_equal(one.patch, pad(image_of(case), sides, conv.edge)[taps])
    on_image = pad(np.ones((*case.size, 1)), sides, "zero")[..., 0]
    assert np.array_equal(one.inside, on_image[taps] == 1)
    assert one.window == receptive_field(*place_of(one), case.size, conv)


@settings(max_examples=60, deadline=None)
@given(cases(3, 3), shares)
def test_true_convolution_applies_the_weights_turned_by_half_a_turn(case: Case, where):
    case = replace(case, settings=case.settings | {"flip": True})
    conv = case.spec()
    one, _ = taken_apart(case, BlockSpec(conv), where)
    assert np.array_equal(one.weights, conv.kernel[::-1, ::-1, :, one.kernel])


@pytest.fixture
def image() -> np.ndarray:
    return np.arange(36, dtype=np.float32).reshape(6, 6, 1)


@pytest.fixture
def conv() -> Conv2DSpec:
    return Conv2DSpec(np.ones((3, 3, 1, 1)), np.array([0.5]), ("sum",))


def test_the_largest_value_of_a_max_pooling_window_is_taken_apart(image, conv):
    one = explain_output(image, BlockSpec(conv, pool=Pool2DSpec("max", 2)), 0, 1, 1)
    assert [(c.row, c.column) for c in one.candidates] == [(2, 2), (2, 3), (3, 2), (3, 3)]
    assert place_of(one) == (3, 3)
    assert one.value == one.patch.sum() + 0.5


def test_of_a_mean_the_first_value_is_taken_apart(image, conv):
    one = explain_output(image, BlockSpec(conv, pool=Pool2DSpec("average", 2)), 0, 1, 1)
    assert place_of(one) == (2, 2)
    assert one.activated == one.candidates[0].value
    assert one.value == pytest.approx(conv2d(image, conv.kernel, conv.bias)[0, 2:4, 2:4].mean())


def test_reading_changes_neither_image_nor_weights(image, conv):
    before = image.copy()
    one = explain_output(image, BlockSpec(conv), 0, 0, 0)
    one.patch[:] = 7
    one.weights[:] = 7
    assert np.array_equal(image, before)
    assert np.array_equal(conv.kernel, np.ones((3, 3, 1, 1)))


@pytest.mark.parametrize("pixel", [(-1, 0), (0, -1), (6, 0), (0, 6)])
def test_beside_the_map_there_is_nothing_to_take_apart(image, conv, pixel):
    with pytest.raises(PlaygroundError, match="6 × 6 has no pixel"):
        explain_output(image, BlockSpec(conv), 0, *pixel)
    with pytest.raises(PlaygroundError, match="3 × 3 has no pixel"):
        explain_output(image, BlockSpec(conv, pool=Pool2DSpec("max", 2)), 0, 3, 0)

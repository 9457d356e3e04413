"""Sizes, receptive fields and the reach of a weight are what a look at the maps finds."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.core import conv2d
from playground.core.claims import Claim
from playground.core.convolve.edges import source_index
from playground.core.convolve.geometry import (
    effective_size,
    map_size,
    output_formula,
    output_size,
    receptive_field,
    resolve_padding,
    unit_fields,
    weight_reach,
)
from playground.core.convolve.pooling import pool2d
from playground.core.errors import PlaygroundError
from playground.core.network.layer_input import layer_input
from playground.core.specs import ActivationSpec, Conv2DSpec, DenseSpec, FlattenSpec, Pool2DSpec
from tests.core.cases import Case, cases
from tests.core.reference import sides_of

shares = st.floats(0, 1, exclude_max=True)


def planes(**limits):
    """Layers of one kernel on one channel: where taps fall is the same for all."""
    return cases(**limits).map(lambda case: replace(case, channels=1, filters=1))


def layer(size: int, **chosen) -> Conv2DSpec:
    """One square kernel of ones on one channel."""
    return Conv2DSpec(np.ones((size, size, 1, 1)), np.zeros(1), ("",), **chosen)


def maps_of(image, conv: Conv2DSpec, kernel=None):
    stride, padding, dilation, edge, flip = conv.settings
    return conv2d(
        image,
        np.ones(conv.kernel.shape) if kernel is None else kernel,
        stride=stride,
        padding=padding,
        dilation=dilation,
        edge=edge,
        flip=flip,
    )


def on_image(field, size):
    """The rows and columns of a field that lie on an image of `size`."""
    rows = [row for row in field.rows if 0 <= row < size[0]]
    return rows, [column for column in field.columns if 0 <= column < size[1]]


def at(shares_of_axes, size):
    """The pixel at these shares of an axis each."""
    return tuple(int(share * n) for share, n in zip(shares_of_axes, size, strict=True))


@pytest.mark.parametrize("padding", [10**9, (0, 0, 10**9, 0)])
def test_absurd_padding_is_refused_in_a_sentence(padding):
    with pytest.raises(PlaygroundError, match="With this padding the input would have"):
        output_size((8, 8), (3, 3), 1, padding, 1)


@settings(max_examples=150, deadline=None)
@given(planes())
def test_the_size_said_is_the_size_of_the_maps(case: Case):
    conv = case.spec()
    if not case.fits:
        with pytest.raises(PlaygroundError, match="more padding, less dilation"):
            maps_of(np.zeros((*case.size, 1)), conv)
        return
    said = output_size(case.size, conv.kernel_size, conv.stride, conv.padding, conv.dilation)
    assert maps_of(np.zeros((*case.size, 1)), conv).shape[1:] == said


@settings(max_examples=150, deadline=None)
@given(planes())
def test_the_formula_shown_is_true(case: Case):
    assume(case.fits)
    conv = case.spec()
    real = maps_of(np.zeros((*case.size, 1)), conv).shape[1:]
    for text, length in zip(output_formula(case.size, conv), real, strict=True):
        term, result = text.split(" = ")
        python = term.replace("⌊", "(").replace("⌋", ")").replace("/", "//").replace("−", "-")
        assert int(result) == eval(python) == length


def test_the_formula_reads_as_in_a_textbook():
    conv = layer(3, stride=2, padding=1)
    assert output_formula((300, 451), conv) == (
        "⌊(300 + 2 − 3) / 2⌋ + 1 = 150",
        "⌊(451 + 2 − 3) / 2⌋ + 1 = 226",
    )


@settings(max_examples=150, deadline=None)
@given(planes())
def test_padding_is_the_published_rule(case: Case):
    conv = case.spec()
    setting = case.size, conv.kernel_size, conv.stride, conv.dilation
    assert resolve_padding(conv.padding, *setting) == sides_of(conv.padding, *setting)


@pytest.mark.parametrize("stride", [1, 2, 3, 4])
@pytest.mark.parametrize("size", range(1, 12))
def test_same_means_a_map_of_the_image_s_size_over_the_stride(size, stride):
    rows, columns = output_size((size, 2 * size), (3, 5), stride, "same", 1)
    assert (rows, columns) == (-(-size // stride), -(-2 * size // stride))


def test_an_odd_pixel_of_padding_goes_below_and_right():
    assert resolve_padding("same", (8, 8), (3, 4), 2, 1) == (0, 1, 1, 1)


def test_dilation_spreads_the_taps():
    assert [effective_size(3, d) for d in (1, 2, 3)] == [3, 5, 7]


@pytest.mark.parametrize(
    "padding", ["full", "valid ", -1, (1, 2, 3), (0, 0, 0, -1), (1, 1, 1, 1.5)]
)
def test_padding_that_is_none_says_what_there_is(padding):
    with pytest.raises(PlaygroundError, match='"same", "valid", a number'):
        resolve_padding(padding, (9, 9), (3, 3), 1, 1)


@pytest.mark.parametrize("padding", [1.5, None, {1, 2, 3, 4}])
def test_padding_of_another_kind_is_told_the_same(padding):
    with pytest.raises(PlaygroundError, match='"same", "valid", a number'):
        resolve_padding(padding, (9, 9), (3, 3), 1, 1)


@pytest.mark.parametrize(("stride", "dilation"), [(0, 1), (1, 0), (-1, 1)])
def test_no_stride_and_no_dilation_below_one(stride, dilation):
    with pytest.raises(PlaygroundError, match="at least 1"):
        output_size((9, 9), (3, 3), stride, "same", dilation)


@settings(max_examples=150, deadline=None)
@given(planes(), st.tuples(shares, shares))
def test_a_changed_pixel_changes_exactly_the_outputs_whose_field_holds_it(case: Case, where):
    """Outside the image the field holds the pixels that the edge mode puts there."""
    assume(case.fits)
    conv = case.spec()
    image = np.zeros((*case.size, 1))
    image[at(where, case.size)] = 1
    changed = maps_of(image, conv)[0] != 0
    row, column = at(where, case.size)
    expected = np.zeros_like(changed)
    for i, j in np.ndindex(changed.shape):
        field = receptive_field(i, j, case.size, conv)
        rows, columns = (
            [source_index(tap, tap + 1, size, conv.edge)[0] for tap in taps]
            for taps, size in zip((field.rows, field.columns), case.size, strict=True)
        )
        expected[i, j] = row in rows and column in columns
    assert np.array_equal(changed, expected)


@settings(max_examples=100, deadline=None)
@given(planes(edges=("zero",)), st.integers(1, 4), st.tuples(shares, shares))
def test_a_pooled_field_is_the_union_of_its_window_s_fields(case: Case, pool: int, where):
    assume(case.fits)
    conv = case.spec()
    size = output_size(case.size, conv.kernel_size, conv.stride, conv.padding, conv.dilation)
    assume(min(size) >= pool)
    row, column = at(where, (size[0] // pool, size[1] // pool))
    field = receptive_field(row, column, case.size, conv, pool)
    parts = [
        receptive_field(row * pool + i, column * pool + j, case.size, conv)
        for i in range(pool)
        for j in range(pool)
    ]
    looked_at = {place for part in parts for place in product(part.rows, part.columns)}
    assert set(product(field.rows, field.columns)) == looked_at
    high, wide = case.size
    beyond = sum(not (0 <= row < high and 0 <= column < wide) for row, column in looked_at)
    assert field.outside(case.size) == beyond
    outside = np.ones((*case.size, 1))
    outside[np.ix_(*on_image(field, case.size))] = 0
    pooled = pool2d(maps_of(outside, conv), Pool2DSpec("max", pool))
    assert pooled[0, row, column] == 0


def test_a_field_may_reach_outside_the_image():
    field = receptive_field(0, 0, (10, 10), layer(3, dilation=2))
    assert (field.top, field.left, field.height, field.width) == (-2, -2, 5, 5)
    assert list(field.rows) == [-2, 0, 2]


@settings(max_examples=150, deadline=None)
@given(planes(edges=("zero",)), st.tuples(shares, shares))
def test_a_weight_reaches_the_pixels_that_come_through_it_alone(case: Case, where):
    """With every other weight 0 the map holds the pixels that this one was multiplied with."""
    assume(case.fits)
    conv = case.spec()
    weight = at(where, case.kernel_size)
    image = np.arange(1.0, 1 + case.size[0] * case.size[1]).reshape(*case.size, 1)
    kernel = np.zeros(conv.kernel.shape)
    kernel[weight] = 1
    seen = maps_of(image, conv, kernel)[0]
    reach = weight_reach(weight, case.size, conv)
    touched = image[np.ix_(reach.rows, reach.columns)].ravel()
    assert np.array_equal(np.sort(seen[seen > 0]), touched)
    # A weight that meets no pixel is used on none, however many outputs there are.
    assert reach.used == Claim("used", (np.count_nonzero(seen),), seen.size)


def test_a_dense_layer_would_need_a_weight_for_every_pair_of_input_and_output():
    conv = replace(layer(3), kernel=np.ones((3, 3, 3, 1)))
    assert weight_reach((0, 0), (300, 451), conv).dense_weights == (300 * 451 * 3) * (300 * 451)


@pytest.mark.parametrize("flip", [False, True])
def test_the_first_weight_never_meets_the_rim_it_is_padded_away_from(flip):
    reach = weight_reach((0, 0), (5, 6), layer(3, flip=flip))
    assert reach.rows == (range(1, 5) if flip else range(4))
    assert reach.columns == (range(1, 6) if flip else range(5))


@settings(max_examples=100, deadline=None)
@given(st.lists(planes(edges=("zero",)), min_size=1, max_size=3), st.integers(1, 3), shares, shares)
def test_a_deep_unit_depends_on_the_pixels_of_its_field_and_no_others(chain, pool, down, across):
    layers = []
    for case in chain:
        spec = case.spec()
        ones = np.ones(spec.kernel.shape, np.float32)
        layers += [replace(spec, kernel=ones, bias=np.zeros(1, np.float32)), ActivationSpec("none")]
        layers += [Pool2DSpec("average", pool)] if pool > 1 else []
    size = (40, 44)
    try:
        height, width = map_size(size, layers)
    except PlaygroundError:
        assume(False)
    row, column = at((down, across), (height, width))
    image = np.zeros((*size, 1), np.float32)
    field = unit_fields(size, layers).of(row, column)
    inside = [len(axis) for axis in on_image(field, size)]
    assert field.outside(size) == len(field.rows) * len(field.columns) - inside[0] * inside[1]
    image[...] = 1
    image[np.ix_(*on_image(field, size))] = 0
    assert layer_input(image, layers)[row, column, 0] == 0
    first, last = field.top, field.top + field.height - 1
    left, right = field.left, field.left + field.width - 1
    if first >= 0 and left >= 0 and last < size[0] and right < size[1]:
        for place in ((first, left), (last, right)):
            image[...] = 0
            image[place] = 1
            assert layer_input(image, layers)[row, column, 0] > 0


def test_fields_grow_and_move_apart_from_layer_to_layer():
    layers = [
        layer(5, padding="same"),
        ActivationSpec(),
        Pool2DSpec("max", 2),
        layer(3),
        Pool2DSpec(),
    ]
    fields = [unit_fields((28, 28), layers[:count]) for count in range(1, 6)]
    assert [each.first.height for each in fields] == [5, 5, 6, 10, 12]
    assert [each.jump for each in fields] == [1, 1, 2, 2, 4]
    assert [each.first.top for each in fields] == [-2, -2, -2, -4, -4]
    assert fields[-1].of(3, 5).left == -4 + 5 * 4


def test_a_lone_convolution_keeps_the_gaps_between_its_taps():
    conv = layer(3, dilation=2)
    field = unit_fields((30, 30), [conv, ActivationSpec()]).of(4, 5)
    assert field == receptive_field(4, 5, (30, 30), conv)
    assert unit_fields((30, 30), [conv, Pool2DSpec()]).of(4, 5) == receptive_field(
        4, 5, (30, 30), conv, 2
    )
    assert unit_fields((30, 30), [conv, conv]).of(4, 5).spacing == conv.dilation


@pytest.mark.parametrize("last", [FlattenSpec(), DenseSpec(np.ones((4, 2)), np.ones(2), ("", ""))])
def test_behind_flatten_and_dense_there_is_no_map(last):
    with pytest.raises(PlaygroundError, match="no maps"):
        map_size((9, 9), [layer(3), last])

"""The maps as they are drawn are the core's maps, reduced to the window that is looked at."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.core.convolve.activations import activate
from playground.core.convolve.pooling import pool2d
from playground.core.errors import PlaygroundError
from playground.core.kernels import bank
from playground.core.pictures.feature_maps import FeatureMaps, View, finish
from playground.core.pictures.rendering import quantize, reduce_columns, reduce_rows
from playground.core.presets import starter_bank
from playground.core.specs import ACTIVATIONS, ActivationSpec, BlockSpec, Conv2DSpec, Pool2DSpec
from tests.core.cases import Case, cases
from tests.core.reference import reference

activations = st.sampled_from(ACTIVATIONS).map(ActivationSpec)
pools = st.one_of(
    st.none(), st.builds(Pool2DSpec, st.sampled_from(["max", "average"]), st.integers(1, 3))
)
ends = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted).filter(lambda e: e[1] - e[0] > 0.01)
ALL = tuple(range(12))


def whole_maps(image, block: BlockSpec) -> np.ndarray:
    """Every map of the block, from the formula alone."""
    stride, padding, dilation, edge, flip = block.conv.settings
    plain = reference(
        image, block.conv.kernel, block.conv.bias, stride, padding, dilation, edge, flip
    )
    active = activate(plain, block.activation)
    return active if block.pool is None else pool2d(active, block.pool)


def assert_drawn(picture, values, step=1) -> None:
    """A map's picture is what `values` look like, to one of 255 levels."""
    top, left, bottom, right = picture.window
    seen = reduce_columns(reduce_rows(values[top:bottom, left:right], step), step)
    assert picture.values.shape == seen.shape
    assert np.abs(picture.values.astype(int) - quantize(seen, picture.level)).max() <= 1


@pytest.fixture
def image() -> np.ndarray:
    return np.random.default_rng(0).random((30, 40, 1), np.float32)


@pytest.fixture
def block() -> BlockSpec:
    return BlockSpec(starter_bank(1), ActivationSpec("relu"))


@pytest.fixture
def maps(image, block) -> FeatureMaps:
    made = FeatureMaps()
    assert made.update(image, block, ALL, View())
    return made


def update(maps, image, block, kernels=ALL, view=None, **hooks) -> dict:
    """Bring the maps up to date; the pictures by kernel."""
    view = View() if view is None else view
    assert maps.update(image, block, kernels, view, **hooks)
    return {one.kernel: one for one in maps.pictures(kernels, common=False)}


@settings(max_examples=100, deadline=None)
@given(cases(3, 3), activations, pools, st.integers(1, 60))
def test_any_block_is_drawn_as_the_formula_says(case: Case, activation, pool, width_px):
    assume(case.fits)
    image, block = case.arrays(np.float32)[0], BlockSpec(case.spec(), activation, pool)
    maps, view = FeatureMaps(), View(width_px=width_px)
    try:
        drawn = update(maps, image, block, tuple(range(case.filters)), view)
    except PlaygroundError:
        assume(False)
    values = whole_maps(image.astype(np.float64), block)
    assert maps.size == values.shape[1:]
    for kernel, one in drawn.items():
        assert_drawn(one, values[kernel], view.on_map(maps.size)[1])
        extent = np.abs(values[kernel]).max() + 1
        assert one.stats.minimum == pytest.approx(values[kernel].min(), abs=1e-5 * extent)
        assert one.stats.maximum == pytest.approx(values[kernel].max(), abs=1e-5 * extent)
        assert one.complete == 1


@given(ends, ends, st.integers(1, 4000), st.integers(1, 900), st.integers(1, 900))
def test_a_view_covers_its_window_in_whole_steps(rows, columns, width_px, height, width):
    view = View((rows[0], columns[0], rows[1], columns[1]), width_px)
    (top, left, bottom, right), step = view.on_map((height, width))
    assert 0 <= top <= rows[0] * height
    assert 0 <= left <= columns[0] * width
    assert rows[1] * height <= bottom + 1e-9 <= height + 1e-9
    assert columns[1] * width <= right + 1e-9 <= width + 1e-9
    assert top < bottom
    assert left < right
    assert top % step == left % step == 0
    # One value at least for every pixel of the screen, while the map has so many.
    assert (columns[1] - columns[0]) * width / step >= min(
        width_px, (columns[1] - columns[0]) * width
    ) - 1e-6


@given(st.integers(0, 9), st.integers(1, 9), pools, activations)
def test_finishing_a_strip_is_finishing_the_map_and_cutting_it(start, rows, pool, activation):
    plain = np.random.default_rng(start).normal(size=(60, 12)).astype(np.float32)
    whole = finish(plain, activation, pool, 0, 60 // (1 if pool is None else pool.size))
    strip = finish(plain, activation, pool, start, start + rows)
    assert np.array_equal(strip, whole[start : start + rows])


def test_one_edited_kernel_is_drawn_anew_and_the_others_are_the_same_pictures(maps, image, block):
    before = update(maps, image, block)
    edited = replace(block, conv=bank.set_weights(block.conv, {(0, 0, 0, 3): 2.0}))
    after = update(maps, image, edited)
    assert [k for k in ALL if after[k] is not before[k]] == [3]
    assert_drawn(after[3], whole_maps(image, edited)[3])


@pytest.mark.parametrize(
    "change",
    [
        {"activation": ActivationSpec("tanh")},
        {"activation": ActivationSpec("leaky_relu", 0.3)},
        {"pool": Pool2DSpec("max", 2)},
        {"pool": Pool2DSpec("average", 3)},
    ],
)
def test_what_follows_the_convolution_changes_without_computing_it_again(
    maps, image, block, change
):
    calls = []
    changed = replace(block, **change)
    drawn = update(maps, image, changed, should_stop=lambda: calls.append(1))
    assert calls == []
    for kernel, values in enumerate(whole_maps(image, changed)):
        assert_drawn(drawn[kernel], values)


def test_other_kernels_and_another_window_need_no_new_maps(maps, image, block):
    calls = []
    zoomed = View((0.2, 0.3, 0.6, 0.7), 100)
    drawn = update(maps, image, block, (5, 2), zoomed, should_stop=lambda: calls.append(1))
    assert calls == []
    values = whole_maps(image, block)
    for kernel in (5, 2):
        assert drawn[kernel].window == (6, 12, 18, 28)
        assert_drawn(drawn[kernel], values[kernel])
    back = update(maps, image, block)
    for kernel in ALL:
        assert_drawn(back[kernel], values[kernel])


def test_zooming_keeps_a_map_s_colours_and_statistics(maps, image, block):
    whole = update(maps, image, block)
    zoomed = update(maps, image, block, view=View((0.5, 0.5, 0.75, 0.75), 100))
    for kernel in ALL:
        assert zoomed[kernel].level == whole[kernel].level
        assert zoomed[kernel].stats == whole[kernel].stats


def test_common_colours_are_those_of_the_map_that_spans_most(maps, image, block):
    own = [one.level for one in maps.pictures(ALL, common=False)]
    common = maps.pictures(ALL, common=True)
    assert {one.level for one in common} == {max(own)}
    for kernel, values in enumerate(whole_maps(image, block)):
        assert_drawn(common[kernel], values)


def test_a_bank_that_lost_kernels_draws_those_that_are_left(maps, image, block):
    fewer = replace(block, conv=bank.reorder(block.conv, (4, 1)))
    drawn = update(maps, image, fewer, (0, 1))
    for kernel, values in enumerate(whole_maps(image, fewer)):
        assert_drawn(drawn[kernel], values)


def test_forgotten_pictures_are_drawn_again(maps, image, block):
    before = update(maps, image, block)
    maps.forget_pictures()
    after = update(maps, image, block)
    for kernel in ALL:
        assert after[kernel] is not before[kernel]
        assert np.array_equal(after[kernel].values, before[kernel].values)


def test_an_impossible_block_raises_and_leaves_what_was(maps, image, block):
    with pytest.raises(PlaygroundError):
        maps.update(image, replace(block, pool=Pool2DSpec("max", 31)), ALL, View())
    assert maps.size == (30, 40)
    for kernel, one in update(maps, image, block).items():
        assert_drawn(one, whole_maps(image, block)[kernel])


class Large:
    """An image whose maps are computed in many strips, and seen while they are."""

    def __init__(self, pool=None):
        self.image = np.random.default_rng(1).random((2400, 700, 1), np.float32)
        kernel = np.random.default_rng(2).normal(size=(3, 3, 1, 4))
        conv = Conv2DSpec(kernel, np.zeros(4), tuple("abcd"))
        self.block = BlockSpec(conv, ActivationSpec("relu"), pool)
        self.maps = FeatureMaps()
        self.seen = []

    def update(self, **hooks) -> bool:
        """Compute the maps, and keep what was to be seen on the way."""

        def look():
            self.seen.append(self.maps.partial_pictures())

        return self.maps.update(
            self.image, self.block, (0, 3), View(width_px=350), on_rows=look, **hooks
        )


@pytest.mark.parametrize("pool", [None, Pool2DSpec("max", 2)])
def test_a_large_map_is_seen_while_it_fills(pool):
    large = Large(pool)
    assert large.update()
    values = whole_maps(large.image, large.block)
    step = View(width_px=350).on_map(large.maps.size)[1]
    shares = []
    for pictures in large.seen:
        for one in pictures:
            assert 0 < one.complete <= 1
            assert one.window[2] == round(one.complete * large.maps.size[0])
            assert_drawn(one, values[one.kernel], step)
        shares += [one.complete for one in pictures if one.kernel == 0]
    assert len(shares) >= 2
    assert shares == sorted(shares)
    assert large.maps.partial_pictures() == []
    for one in large.maps.pictures((0, 3), common=False):
        assert_drawn(one, values[one.kernel], step)


def test_a_stopped_update_says_so_and_the_next_one_is_whole():
    large = Large()
    assert not large.update(should_stop=lambda: bool(large.seen))
    assert large.maps.partial_pictures() == []
    assert large.update()
    values = whole_maps(large.image, large.block)
    for one in large.maps.pictures((0, 3), common=False):
        assert_drawn(one, values[one.kernel], 2)


def test_after_a_stop_the_map_is_seen_filling_from_its_first_rows_again():
    whole, stopped = Large(), Large()
    whole.update()
    stopped.update(should_stop=lambda: len(stopped.seen) == len(whole.seen) - 1)
    stopped.seen.clear()
    stopped.update()
    assert len(stopped.seen) == len(whole.seen)

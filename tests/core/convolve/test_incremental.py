"""An edit recomputes only what it must, and the maps are those computed from scratch."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from playground.core import conv2d
from playground.core.convolve.incremental import ConvCache
from playground.core.kernels import bank
from playground.core.specs import Conv2DSpec
from tests.core.cases import Case, cases


def layer(case: Case) -> tuple[np.ndarray, Conv2DSpec]:
    image, kernel, bias = case.arrays(np.float32)
    names = tuple(str(i) for i in range(case.filters))
    return image, Conv2DSpec(kernel, bias, names, **case.settings)


def from_scratch(image, conv: Conv2DSpec) -> np.ndarray:
    return conv2d(
        image.astype(np.float64),
        conv.kernel.astype(np.float64),
        conv.bias,
        stride=conv.stride,
        padding=conv.padding,
        dilation=conv.dilation,
        edge=conv.edge,
        flip=conv.flip,
    )


def assert_right(cache: ConvCache, image, conv: Conv2DSpec) -> None:
    expected = from_scratch(image, conv)
    assert np.abs(np.stack(cache.maps) - expected).max() <= 1e-4 * max(1, np.abs(expected).max())


@pytest.fixture
def image() -> np.ndarray:
    return np.random.default_rng(0).random((16, 20, 2), np.float32)


@pytest.fixture
def conv() -> Conv2DSpec:
    kernel = np.random.default_rng(1).normal(size=(3, 3, 2, 5)).astype(np.float32)
    return Conv2DSpec(kernel, np.zeros(5, np.float32), tuple("abcde"))


@settings(max_examples=120, deadline=None)
@given(cases(3, 4))
def test_one_changed_weight_and_bias_in_any_layer(case: Case):
    assume(case.fits)
    image, conv = layer(case)
    cache = ConvCache()
    cache.update(image, conv)
    rng = np.random.default_rng(case.seed)
    cell = tuple(int(rng.integers(n)) for n in conv.kernel.shape)
    edited = bank.set_bias(bank.set_weights(conv, {cell: 2.5}), cell[3], -0.5)
    assert cache.update(image, edited).maps == {cell[3]}
    assert_right(cache, image, edited)


def test_an_edit_of_one_kernel_changes_one_map(image, conv):
    cache = ConvCache()
    cache.update(image, conv)
    kept = [one.copy() for one in cache.maps]
    edited = bank.set_kernel(conv, 2, np.ones((3, 3, 2), np.float32))
    assert cache.update(image, edited).maps == {2}
    assert_right(cache, image, edited)
    assert all(np.array_equal(cache.maps[k], kept[k]) for k in (0, 1, 3, 4))


def test_a_renamed_kernel_changes_no_map(image, conv):
    cache = ConvCache()
    cache.update(image, conv)
    assert cache.update(image, bank.rename(conv, 0, "z")).maps == set()


@pytest.mark.parametrize(
    "edit",
    [
        lambda conv: bank.reorder(conv, [4, 0, 1, 2, 3]),
        lambda conv: bank.remove(conv, [1, 3]),
        lambda conv: bank.duplicate(conv, [0, 4]),
        lambda conv: bank.with_kernels(conv, conv.kernel[:1, :2]),
        lambda conv: replace(conv, stride=2, edge="wrap"),
        lambda conv: replace(conv, flip=True),
    ],
)
def test_every_other_change_gives_the_maps_of_the_new_bank(image, conv, edit):
    cache = ConvCache()
    cache.update(image, conv)
    edited = edit(conv)
    cache.update(image, edited)
    assert_right(cache, image, edited)
    cache.update(image, conv)
    assert_right(cache, image, conv)


def test_a_kernel_that_moved_keeps_its_map(image, conv):
    cache = ConvCache()
    cache.update(image, conv)
    first = cache.maps[0]
    assert cache.update(image, bank.reorder(conv, [1, 0, 2, 3, 4])).maps == {0, 1}
    assert cache.maps[1] is first


def test_rounding_cannot_drift_over_100_000_edits():
    rng = np.random.default_rng(2)
    image = rng.random((6, 6, 1), np.float32)
    conv = Conv2DSpec(np.zeros((2, 2, 1, 1)), np.zeros(1), ("a",))
    cache = ConvCache()
    values = rng.normal(size=100_000) * 10.0 ** rng.integers(-3, 3, 100_000)
    worst = 0.0
    for number, value in enumerate(values):
        cell = (number & 1, number >> 1 & 1, 0, 0)
        conv = bank.set_weights(conv, {cell: value})
        cache.update(image, conv)
        if number % 1000 == 999:
            calm = bank.set_weights(conv, {(y, x, 0, 0): 0.5 for y in (0, 1) for x in (0, 1)})
            for y, x in np.ndindex(2, 2):
                conv = bank.set_weights(conv, {(y, x, 0, 0): 0.5})
                cache.update(image, conv)
            worst = max(worst, np.abs(cache.maps[0] - from_scratch(image, calm)[0]).max())
    assert worst <= 1e-4


def test_a_huge_weight_taken_back_leaves_nothing_behind(image, conv):
    cache = ConvCache()
    cache.update(image, conv)
    cache.update(image, bank.set_weights(conv, {(0, 0, 0, 0): 1e6}))
    cache.update(image, conv)
    assert np.abs(np.stack(cache.maps) - from_scratch(image, conv)).max() <= 1e-4


def test_progress_counts_the_rows_and_a_stop_is_made_good_later(conv):
    image = np.random.default_rng(0).random((3000, 300, 2), np.float32)
    cache, rows = ConvCache(), []
    stopped = cache.update(image, conv, should_stop=lambda: len(rows) > 2, on_progress=rows.append)
    assert not stopped.complete
    assert rows == sorted(rows)
    assert rows[-1] < 3000
    assert cache.update(image, conv).complete
    assert_right(cache, image, conv)

"""The figures beside a kernel: sums, rank, and the two vectors of a separable one."""

import doctest

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.core.claims import Claim
from playground.core.kernels import kernel_summary
from playground.core.kernels.kernel_ops import spread
from playground.core.kernels.kernel_summary import separability, summary, vector_text
from playground.core.presets import build_preset

VECTORS = st.integers(1, 11).flatmap(
    lambda n: arrays.arrays(np.float32, n, elements=st.floats(-8, 8, width=16))
)


@pytest.mark.parametrize(
    ("key", "column", "row"),
    [
        ("sobel_x", [1, 2, 1], [-1, 0, 1]),
        ("sobel_y", [-1, 0, 1], [1, 2, 1]),
        ("prewitt_x", [1, 1, 1], [-1, 0, 1]),
        ("scharr_x", [3, 10, 3], [-1, 0, 1]),
        ("box_blur", [1 / 3] * 3, [1 / 3] * 3),
        ("line", [-1, 2, -1], [1, 1, 1]),
        ("identity", [0, 1, 0], [0, 1, 0]),
    ],
)
def test_the_vectors_of_known_kernels_read_as_in_a_textbook(key, column, row):
    found = separability(build_preset(key))
    np.testing.assert_allclose(found.column, column, rtol=1e-6)
    np.testing.assert_allclose(found.row, row, rtol=1e-6)


def test_the_binomial_is_a_quarter_of_1_2_1_twice():
    found = separability(np.outer([1, 2, 1], [1, 2, 1]) / 16)
    np.testing.assert_allclose(found.column, [0.25, 0.5, 0.25])
    np.testing.assert_allclose(found.row, [0.25, 0.5, 0.25])


def test_a_gaussian_is_one_bell_twice_and_each_adds_up_to_one():
    found = separability(build_preset("gaussian_blur", size=7, sigma=1.3))
    np.testing.assert_allclose(found.column, found.row, rtol=1e-5)
    assert found.column.sum() == pytest.approx(1, rel=1e-5)


@pytest.mark.parametrize(
    ("vector", "text"),
    [
        ([1 / 3] * 3, "1/3 · [1, 1, 1]"),
        ([-1 / 9, 0, 1 / 9], "1/9 · [-1, 0, 1]"),
        ([-0.5, -0.5], "1/2 · [-1, -1]"),
        ([3, 10, 3], "[3, 10, 3]"),
        ([2, 4, 2], "2 · [1, 2, 1]"),
        ([0.3, 0, -0.3], "0.3 · [1, 0, -1]"),
        ([0.2369, 0.5261, 0.2369], "[0.237, 0.526, 0.237]"),
    ],
)
def test_vectors_are_written_with_small_whole_numbers_where_there_are_such(vector, text):
    assert vector_text(np.array(vector, dtype=np.float32)) == text


@given(VECTORS, VECTORS)
def test_a_product_of_two_vectors_is_found_to_be_one(column, row):
    assume(column.any() and row.any())
    kernel = np.outer(column, row)
    found = separability(kernel)
    assert found.separable
    np.testing.assert_allclose(
        np.outer(found.column, found.row), kernel, atol=1e-4 * np.abs(kernel).max()
    )


@pytest.mark.parametrize(
    ("key", "rank"), [("laplacian_4", 2), ("emboss", 3), ("roberts_up", 2), ("diagonal_up", 2)]
)
def test_other_kernels_have_no_vectors_but_a_rank(key, rank):
    found = separability(build_preset(key))
    assert found.rank == rank
    assert not found.separable
    assert found.column is found.row is None


def test_an_empty_kernel_has_rank_zero():
    found = summary(np.zeros((3, 3, 2), np.float32))
    assert found.separable == Claim("separable", (2, 0), 2)


def test_a_spread_preset_keeps_its_vectors():
    found = summary(spread(build_preset("sobel_x"), 3))
    assert found.separable == Claim("separable", (3, 1), 3)
    np.testing.assert_allclose(found.column, [1, 2, 1], rtol=1e-5)
    np.testing.assert_allclose(found.row, [-1, 0, 1], rtol=1e-5, atol=1e-6)


def test_channels_with_different_vectors_are_separable_one_by_one():
    kernel = np.stack([build_preset("sobel_x"), build_preset("sobel_y")], axis=-1)
    found = summary(kernel)
    assert found.separable == Claim("separable", (2, 1), 2)
    assert found.column is None
    np.testing.assert_array_equal(found.channels[1].row, [1, 2, 1])


def brute_force_rank(matrix):
    """The largest minor that is not zero, relative to the largest weight: 0, 1, or more."""
    largest = np.abs(matrix).max()
    if not largest:
        return 0
    minors = matrix[:, None, :, None] * matrix[None, :, None, :]
    minors = minors - minors.transpose(0, 1, 3, 2)
    return 1 if np.abs(minors).max() <= 1e-5 * largest**2 else 2


@given(
    kernel=arrays.arrays(np.float32, (3, 2), elements=st.integers(-3, 3).map(float)),
    other=arrays.arrays(np.float32, (3, 2), elements=st.integers(-3, 3).map(float)),
    factors=st.lists(st.integers(-3, 3), min_size=1, max_size=5),
    odd=st.booleans(),
)
def test_what_is_said_of_the_channels_is_true_of_each(kernel, other, factors, odd):
    """Multiples of one kernel, cancelling ones and empty ones among them, and unlike channels."""
    channels = [factor * kernel for factor in factors] + ([other] if odd else [])
    weights = np.stack(channels, axis=-1)
    found = summary(weights)
    ranks = [brute_force_rank(channel) for channel in channels]
    assert [min(channel.rank, 2) for channel in found.channels] == ranks
    assert found.separable == Claim(
        "separable", (sum(rank <= 1 for rank in ranks), max(ranks)), len(ranks)
    )
    alike = all(
        brute_force_rank(np.stack([one.ravel(), two.ravel()])) <= 1
        for one in channels
        for two in channels
    )
    assert (found.column is not None) == (max(ranks) == 1 and alike)
    if found.column is not None:
        product = np.outer(found.column, found.row)
        for channel, factor in zip(channels, found.factors, strict=True):
            np.testing.assert_allclose(factor * product, channel, atol=1e-5)


def test_the_sums_count_every_channel():
    kernel = np.stack([build_preset("sobel_x"), build_preset("identity")], axis=-1)
    found = summary(kernel)
    assert found.sum == 1
    assert found.abs_sum == 9


def test_the_examples_in_the_docstrings_run():
    assert doctest.testmod(kernel_summary).failed == 0

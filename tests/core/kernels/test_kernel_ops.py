"""Operations on one kernel: each law they obey."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.errors import PlaygroundError
from playground.core.kernels import kernel_ops

SIZES = st.integers(1, 11)
ODD = st.integers(0, 5).map(lambda half: 2 * half + 1)
CHANNELS = st.integers(1, 3)


def weights(shape: tuple[int, ...], seed: int) -> np.ndarray:
    """Every second seed gives small whole numbers, with zeros and sums of zero among them."""
    rng = np.random.default_rng(seed)
    values = rng.integers(-2, 3, shape) if seed % 2 else rng.uniform(-100, 100, shape)
    return values.astype(np.float32)


def kernels(kh=SIZES, kw=SIZES, channels=CHANNELS) -> st.SearchStrategy[np.ndarray]:
    return st.builds(weights, st.tuples(kh, kw, channels), st.integers(0, 10_000))


ODD_SQUARES = ODD.flatmap(lambda n: kernels(st.just(n), st.just(n)))
SQUARES = SIZES.flatmap(lambda n: kernels(st.just(n), st.just(n)))


def times(count, operation, kernel):
    for _ in range(count):
        kernel = operation(kernel)
    return kernel


class TestTurning:
    @given(ODD_SQUARES)
    def test_eight_eighth_turns_bring_back_every_bit(self, kernel):
        np.testing.assert_array_equal(times(8, kernel_ops.rotate45, kernel), kernel)

    @given(ODD_SQUARES)
    def test_two_eighth_turns_are_a_quarter_turn(self, kernel):
        np.testing.assert_array_equal(
            times(2, kernel_ops.rotate45, kernel), kernel_ops.rotate90(kernel)
        )

    @given(ODD_SQUARES)
    def test_an_eighth_turn_moves_every_weight_once(self, kernel):
        turned = kernel_ops.rotate45(kernel)
        np.testing.assert_array_equal(np.sort(turned, axis=None), np.sort(kernel, axis=None))

    @given(kernels())
    def test_four_quarter_turns_are_none(self, kernel):
        np.testing.assert_array_equal(times(4, kernel_ops.rotate90, kernel), kernel)

    @given(SQUARES)
    def test_a_quarter_turn_is_clockwise(self, kernel):
        np.testing.assert_array_equal(kernel_ops.rotate90(kernel)[:, -1], kernel[0])

    @pytest.mark.parametrize("shape", [(2, 2, 1), (3, 5, 1), (4, 4, 3)])
    def test_only_odd_squares_turn_by_an_eighth(self, shape):
        with pytest.raises(PlaygroundError, match=f"not {shape[0]} × {shape[1]}"):
            kernel_ops.rotate45(np.zeros(shape, np.float32))

    def test_an_eighth_turn_of_a_larger_kernel_moves_each_ring(self):
        kernel = np.zeros((5, 5, 1), np.float32)
        kernel[0, 2], kernel[1, 2] = 2, 1
        turned = kernel_ops.rotate45(kernel)
        assert turned[0, 4] == 2
        assert turned[1, 3] == 1


class TestMirroring:
    @pytest.mark.parametrize(
        "operation",
        [
            kernel_ops.flip_horizontal,
            kernel_ops.flip_vertical,
            kernel_ops.transpose,
            kernel_ops.negate,
        ],
    )
    @given(kernel=kernels())
    def test_twice_is_not_at_all(self, operation, kernel):
        np.testing.assert_array_equal(operation(operation(kernel)), kernel)

    @given(kernels())
    def test_flipping_both_ways_is_half_a_turn(self, kernel):
        both = kernel_ops.flip_vertical(kernel_ops.flip_horizontal(kernel))
        np.testing.assert_array_equal(both, times(2, kernel_ops.rotate90, kernel))

    def test_horizontal_exchanges_left_and_right(self):
        kernel = np.float32([[[1], [2], [3]]])
        assert kernel_ops.flip_horizontal(kernel).ravel().tolist() == [3, 2, 1]
        assert kernel_ops.flip_vertical(kernel).ravel().tolist() == [1, 2, 3]

    def test_negating_leaves_no_minus_zero(self):
        assert not np.signbit(kernel_ops.negate(np.zeros((1, 1, 1), np.float32))).any()


class TestSums:
    @given(kernels())
    def test_normalised_weights_add_up_to_one_or_are_refused(self, kernel):
        total, size = kernel.sum(dtype=np.float64), np.abs(kernel).sum(dtype=np.float64)
        if abs(total) > 1e-2 * size:
            assert kernel_ops.normalise(kernel).sum(dtype=np.float64) == pytest.approx(1, rel=1e-5)
        elif abs(total) <= 1e-6 * size:
            with pytest.raises(PlaygroundError, match="add up to zero"):
                kernel_ops.normalise(kernel)

    @given(kernels())
    def test_zero_mean_weights_cancel_out(self, kernel):
        total = kernel_ops.zero_mean(kernel).sum(dtype=np.float64)
        assert total == pytest.approx(0, abs=1e-6 * max(1.0, float(np.abs(kernel).sum())))

    @given(kernels())
    def test_scaling_multiplies_every_weight(self, kernel):
        np.testing.assert_array_equal(kernel_ops.scale(kernel, -0.5), kernel * np.float32(-0.5))

    @pytest.mark.parametrize("factor", [float("nan"), float("inf"), 1e39])
    def test_scaling_beyond_float32_is_refused(self, factor):
        with pytest.raises(PlaygroundError, match="too large"):
            kernel_ops.scale(np.ones((3, 3, 1), np.float32), factor)


class TestResizing:
    @given(kernels(), SIZES, SIZES)
    def test_growing_then_shrinking_gives_the_kernel_back(self, kernel, more_rows, more_columns):
        kh, kw = kernel.shape[:2]
        grown = kernel_ops.resize_centered(kernel, max(kh, more_rows), max(kw, more_columns))
        np.testing.assert_array_equal(kernel_ops.resize_centered(grown, kh, kw), kernel)

    @given(kernels(), SIZES, SIZES)
    def test_keeps_the_weight_on_the_output_pixel(self, kernel, kh, kw):
        resized = kernel_ops.resize_centered(kernel, kh, kw)
        assert resized.shape == (kh, kw, kernel.shape[2])
        np.testing.assert_array_equal(centre(resized), centre(kernel))

    @given(kernels(), SIZES, SIZES)
    def test_adds_nothing_but_zeros(self, kernel, kh, kw):
        resized = kernel_ops.resize_centered(kernel, kh, kw)
        assert np.count_nonzero(resized) <= np.count_nonzero(kernel)

    def test_a_whole_bank_is_resized_alike(self):
        bank = np.ones((3, 3, 2, 4), np.float32)
        assert kernel_ops.resize_centered(bank, 5, 1).shape == (5, 1, 2, 4)

    @pytest.mark.parametrize("size", [(0, 3), (3, 12)])
    def test_beyond_the_limits_is_refused(self, size):
        with pytest.raises(PlaygroundError, match=f"not {size[0]} × {size[1]}"):
            kernel_ops.resize_centered(np.zeros((3, 3, 1), np.float32), *size)


class TestChannels:
    @given(kernels(channels=st.just(1)), st.integers(1, 8))
    def test_grey_to_colour_and_back_changes_nothing_visible(self, kernel, channels):
        bank = kernel[..., None]
        there = kernel_ops.to_channels(bank, channels)
        assert there.shape == (*kernel.shape[:2], channels, 1)
        np.testing.assert_allclose(kernel_ops.to_channels(there, 1), bank, rtol=1e-6)

    @given(kernels(), st.integers(1, 5))
    def test_a_grey_picture_in_every_channel_sees_the_same_kernel(self, kernel, channels):
        changed = kernel_ops.to_channels(kernel[..., None], channels)
        np.testing.assert_allclose(
            changed.sum(axis=2, dtype=np.float64)[..., 0],
            kernel.sum(axis=2, dtype=np.float64),
            atol=1e-4,
        )


def centre(kernel: np.ndarray) -> np.ndarray:
    return kernel[(kernel.shape[0] - 1) // 2, (kernel.shape[1] - 1) // 2]


def test_no_operation_changes_its_argument():
    kernel = np.arange(9, dtype=np.float32).reshape(3, 3, 1)
    kernel.flags.writeable = False
    for operation in (
        kernel_ops.normalise,
        kernel_ops.zero_mean,
        kernel_ops.negate,
        kernel_ops.flip_horizontal,
        kernel_ops.flip_vertical,
        kernel_ops.transpose,
        kernel_ops.rotate90,
        kernel_ops.rotate45,
    ):
        result = operation(kernel)
        assert result.dtype == np.float32
        assert not np.shares_memory(result, kernel)


def test_the_examples_in_the_docstrings_run():
    assert doctest.testmod(kernel_ops).failed == 0

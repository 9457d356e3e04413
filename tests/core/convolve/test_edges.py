"""The outside of an image is filled as NumPy's own padding fills it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core.convolve.edges import padded_window, source_index
from playground.core.specs import EDGE_MODES
from tests.core.reference import PAD_MODES, pad

FAR = 30
spans = st.tuples(st.integers(-FAR, FAR), st.integers(0, FAR)).map(lambda s: (s[0], s[0] + s[1]))


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        ("zero", "..abcd.."),
        ("replicate", "aaabcddd"),
        ("reflect", "cbabcdcb"),
        ("symmetric", "baabcddc"),
        ("wrap", "cdabcdab"),
    ],
)
def test_two_pixels_beyond_each_end(edge, expected):
    letters = "abcd."
    assert "".join(letters[i] for i in source_index(-2, 6, 4, edge)) == expected


@pytest.mark.parametrize("edge", EDGE_MODES)
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_far_outside_it_goes_on_as_numpy_pads(edge, size):
    index = source_index(-FAR, size + FAR, size, edge)
    assert np.array_equal(
        np.where(index < 0, 0, index + 1), np.pad(np.arange(1, size + 1), FAR, PAD_MODES[edge])
    )


@settings(max_examples=200, deadline=None)
@given(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 3)),
    spans,
    spans,
    st.sampled_from(EDGE_MODES),
)
def test_a_window_is_cut_from_the_padded_image(shape, rows, columns, edge):
    """Inside, over the rim, or far away from the image; with no rows too."""
    image = np.random.default_rng(sum(shape)).random(shape)
    far = 2 * FAR
    everything = pad(image, (far,) * 4, edge).transpose(2, 0, 1)
    expected = everything[:, rows[0] + far : rows[1] + far, columns[0] + far : columns[1] + far]
    assert np.array_equal(padded_window(image, rows, columns, edge), expected)


@pytest.mark.parametrize("edge", EDGE_MODES)
def test_a_given_array_is_filled_and_handed_back(edge):
    image = np.random.default_rng(0).random((4, 5, 2), np.float32)
    room = np.full((2, 8, 9), np.nan, np.float32)
    assert padded_window(image, (-2, 6), (-2, 7), edge, room) is room
    assert np.array_equal(room, pad(image, (2,) * 4, edge).transpose(2, 0, 1))

"""Strips are of about half a million pixels, whatever the picture's width."""

import pytest

from playground.files.pictures.strips import rows_per_strip


@pytest.mark.parametrize("width", [1, 100, 6000, 2_000_000])
@pytest.mark.parametrize("multiple", [1, 8, 100])
def test_a_strip_is_small_and_whole_in_multiples(width, multiple):
    rows = rows_per_strip(width, multiple)
    assert rows % multiple == 0
    assert rows == multiple or rows * width <= 2**19
    assert (rows + multiple) * width > 2**19

"""Numbers in captions: as few digits as say something, a true minus, and no "−0.0"."""

import pytest

from playground.core.pictures.rendering import MapStats
from playground.views.pictures.map_words import (
    extent,
    extents,
    level_text,
    many,
    signed,
    summary,
    zeros,
)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (-1.71, 1.63, "−1.7 … +1.6"),
        (0.0, 0.8, "+0.00 … +0.80"),
        (-0.001, 12.3, "+0 … +12"),
        (-0.012, 0.034, "−0.012 … +0.034"),
        (-1234.0, 5.0, "−1234 … +5"),
        (0.0, 0.0, "+0.0 … +0.0"),
    ],
)
def test_the_extent_has_the_digits_that_its_larger_end_needs(low, high, text):
    assert extent(MapStats(low, 0.0, high, 0.0)) == text


def test_the_extent_is_said_in_less_room_with_fewer_digits():
    ways = extents(MapStats(-1.71, 0.0, 1.63, 0.0))
    assert ways == ("−1.7 … +1.6", "−1.7…+1.6", "−2…+2")


def test_a_tiny_negative_number_is_not_minus_zero():
    assert signed(-0.0001, 2) == "+0.00"


def test_huge_numbers_are_written_with_a_power_of_ten():
    assert signed(-2.5e7, 2) == "−2.5e+07"


def test_tiny_numbers_are_written_with_a_power_of_ten_where_there_are_no_others():
    assert level_text(1.2e-7) == ("−1e−07", "+1e−07")
    assert extent(MapStats(-2e-7, 0.0, 3e-8, 0.0)) == "−2e−07 … +3e−08"


def test_the_ends_of_a_scale_are_each_others_negatives():
    assert level_text(1.234) == ("−1.2", "+1.2")


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0 % zeros"),
        (0.001, "< 1 % zeros"),
        (0.43, "43 % zeros"),
        (0.999, "> 99 % zeros"),
        (1.0, "100 % zeros"),
    ],
)
def test_a_few_zeros_are_not_none_and_nearly_all_are_not_all(share, text):
    assert zeros(share) == text


def test_the_summary_has_all_four_numbers():
    text = summary(MapStats(-1.7, 0.0123, 1.63, 0.43))
    assert text == "min −1.70 · mean +0.01 · max +1.63 · 43 % zeros"


@pytest.mark.parametrize(
    ("count", "text"),
    [(174_592, "174592"), (2_500_000, "2.5 million"), (30_482_366_464, "30 billion")],
)
def test_large_counts_are_said_in_words(count, text):
    assert many(count) == text

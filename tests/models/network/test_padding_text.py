"""Padding as people type it."""

import pytest

from playground.core.errors import PlaygroundError
from playground.models.network.padding_text import read_padding, simplest, write_padding


@pytest.mark.parametrize(
    ("text", "padding"),
    [
        ("same", "same"),
        (" Valid ", "valid"),
        ("0", 0),
        ("64", 64),
        ("1 2 3 4", (1, 2, 3, 4)),
        ("(1, 2; 1,2)", (1, 2, 1, 2)),
        ("[2, 2, 2, 2]", 2),
    ],
)
def test_words_numbers_and_lists_are_read(text, padding):
    assert read_padding(text) == padding


@pytest.mark.parametrize(
    "text",
    ["", "x", "1 2", "1 2 3", "1 2 3 4 5", "-1", "1.5", "1,5", "65", "1 2 3 99", "²", "9" * 5000],
)
def test_anything_else_says_what_padding_is(text):
    with pytest.raises(PlaygroundError, match="whole number from 0 to 64, or four"):
        read_padding(text)


@pytest.mark.parametrize("padding", ["same", "valid", 0, 3, (1, 2, 3, 4)])
def test_what_is_written_can_be_read(padding):
    assert read_padding(write_padding(padding)) == padding


def test_four_equal_sides_are_one_number():
    assert simplest([1, 1, 1, 1]) == 1
    assert simplest((0, 1, 0, 1)) == (0, 1, 0, 1)

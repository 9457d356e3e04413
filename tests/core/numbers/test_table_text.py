"""Brackets and separators become rows of cells, whichever program printed them."""

import pytest

from playground.core.errors import PlaygroundError
from playground.core.numbers.table_text import bracketed_rows, split_cells, tighten


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("[[1, 2], [3, 4]]", [["1", "2"], ["3", "4"]]),
        ("[1 2; 3 4]", [["1", "2"], ["3", "4"]]),
        ("[1 2\n 3 4]", [["1", "2"], ["3", "4"]]),
        ("{{1, 2}, {3, 4}}", [["1", "2"], ["3", "4"]]),
        ("[[[[1, 2], [3, 4]]]]", [["1", "2"], ["3", "4"]]),
        ("[[[[1]], [[2]]], [[[3]], [[4]]]]", [["1", "2"], ["3", "4"]]),
        ("[1, 2, 3]", [["1", "2", "3"]]),
    ],
)
def test_each_innermost_bracket_line_or_semicolon_is_a_row(text, rows):
    assert bracketed_rows(text) == rows


@pytest.mark.parametrize("text", ["[[1, 2]", "[1, 2]]", "[[1, 2], [[3, 4]]]", "[1] and [2]", "]["])
def test_brackets_that_do_not_match_are_refused(text):
    with pytest.raises(PlaygroundError):
        bracketed_rows(text)


def test_an_array_of_several_kernels_says_what_to_copy():
    with pytest.raises(PlaygroundError, match="2 × 2 × 2, more than one kernel"):
        bracketed_rows("[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]")


def test_cells_are_parted_by_commas_or_spaces_not_within_fractions():
    assert split_cells(" 1 , 2  3 / 4,") == ["1", "2", "3/4"]
    assert tighten("1 / 9") == "1/9"
    assert split_cells("  ") == []

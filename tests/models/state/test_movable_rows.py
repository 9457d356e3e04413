"""Rows are dragged within their own list only, and two lists are compared from both ends."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt

from playground.models.state.movable_rows import MovableRows, common_ends, unbroken

MOVE, COPY = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction


class Letters(MovableRows[str]):
    MIME = "application/x-letters"

    def __init__(self, text):
        super().__init__(text)
        self.moved = []

    def _drop(self, rows, before):
        self.moved.append((rows, before))
        return True


def drop(model, data, row, action=MOVE):
    return model.dropMimeData(data, action, row, 0, QModelIndex())


def test_dragged_rows_are_dropped_before_a_row_or_at_the_end(qapp):
    letters = Letters("abcd")
    data = letters.mimeData([letters.index(2), letters.index(0), letters.index(2)])
    assert letters.canDropMimeData(data, MOVE, 1, 0, QModelIndex())
    assert drop(letters, data, 1)
    assert drop(letters, data, -1)
    assert letters.moved == [([0, 2], 1), ([0, 2], 4)]


@pytest.mark.parametrize("other", ["another list", "no rows", "a row too far", "a copy"])
def test_anything_else_is_not_taken(qapp, other):
    letters, data, action = Letters("abcd"), QMimeData(), MOVE
    if other == "another list":
        twin = Letters("abcd")
        data = twin.mimeData([twin.index(1)])
    elif other == "a row too far":
        data = letters.mimeData([letters.index(3)])
        letters._remove(3, 1)
    elif other == "a copy":
        data, action = letters.mimeData([letters.index(3)]), COPY
    assert not letters.canDropMimeData(data, action, 0, 0, QModelIndex())
    assert not drop(letters, data, 0, action)
    assert letters.moved == []


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [("abc", "abxc", (2, 1)), ("aaa", "aa", (2, 0)), ("abc", "xyz", (0, 0)), ("", "a", (0, 0))],
)
def test_what_two_lists_begin_and_end_with_is_never_counted_twice(before, after, ends):
    fewer = min(len(before), len(after))
    assert common_ends(fewer, lambda row: before[row] == after[row]) == ends


@pytest.mark.parametrize(
    ("places", "runs"),
    [([], []), ([4], [(4, 4)]), ([0, 1, 2, 5, 7, 8], [(0, 2), (5, 5), (7, 8)])],
)
def test_neighbours_are_told_as_one_run(places, runs):
    assert list(unbroken(places)) == runs

"""What was done, as a list to go back and forth in."""

import pytest

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document
from playground.models.state.history_model import UNDONE_ROLE, HistoryModel


@pytest.fixture
def document(qapp):
    return Document(Session(None, NetworkSpec((starter_bank(1),))))


@pytest.fixture
def history(document):
    return HistoryModel(document.undo_stack)


def rows(history):
    return [(history.index(row).data(UNDONE_ROLE)) for row in range(history.rowCount())]


def test_before_anything_is_done_there_is_the_beginning_alone(history):
    assert history.rowCount() == 1
    assert history.now.row() == 0


def test_every_entry_is_a_row_and_the_undone_ones_say_so(document, history):
    edits = KernelEdits(document)
    edits.negate()
    edits.flip_horizontal()
    edits.rotate90()
    texts = [history.index(row).data() for row in range(1, history.rowCount())]
    assert texts == [entry.text for entry in document.undo_stack.entries]
    document.undo_stack.undo()
    assert rows(history) == [False, False, False, True]
    assert history.now.row() == 2


def test_any_row_can_be_gone_to_and_the_others_stay(document, history):
    edits = KernelEdits(document)
    banks = [document.conv]
    for edit in (edits.negate, edits.flip_horizontal, edits.rotate90):
        edit()
        banks.append(document.conv)
    for row in (0, 3, 1, 2):
        history.go_to(row)
        assert document.conv == banks[row]
        assert history.now.row() == row
        assert history.rowCount() == 4

"""The history of what was done, to jump in."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document
from playground.views.window.history_card import HistoryCard


@pytest.fixture
def document(qapp):
    document = Document(Session(None, NetworkSpec((starter_bank(1),))))
    for edit in (KernelEdits(document).negate, KernelEdits(document).flip_horizontal):
        edit()
    return document


@pytest.fixture
def card(qtbot, document):
    window = QWidget()
    qtbot.addWidget(window)
    card = HistoryCard(document.undo_stack, window)
    card.open_at(QRect(0, 0, 10, 10))
    return card


def click(card, row):
    place = card.list.visualRect(card.list.model().index(row)).center()
    QTest.mouseClick(card.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_it_shows_where_one_is(card, document):
    assert card.list.currentIndex().row() == 2
    document.undo_stack.undo()
    assert card.list.currentIndex().row() == 1


def test_a_click_goes_back_and_another_forth_and_it_stays_open(card, document):
    after = document.conv
    click(card, 0)
    assert document.undo_stack.index() == 0
    assert card.isVisible()
    click(card, 2)
    assert document.conv == after


def test_keys_go_through_it(card, document):
    assert card.list.hasFocus()
    QTest.keyClick(card.list, Qt.Key.Key_Up)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert document.undo_stack.index() == 1

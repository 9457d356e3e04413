"""Names above a matrix: lying where the longest fits into a column, else upright."""

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView

from playground.models.state.view_settings import ViewSettings
from playground.views.theme.theming import Theming
from playground.views.train.pages.names_header import NamesHeader


@pytest.fixture
def header(qtbot):
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(3, 3, table))
    settings = ViewSettings(table)
    header = NamesHeader(Theming(settings, settings), table)
    table.setHorizontalHeader(header)
    table.resize(300, 200)
    table.show()
    yield header  # The table lives as long.


def test_digits_lie_and_words_stand(header):
    header.set_names("0123456789", 23)
    assert not header.upright
    low = header.sizeHint().height()
    header.set_names(["Ankle boot", "Bag", "Coat"], 23)
    assert header.upright
    assert header.sizeHint().height() > 2 * low
    header.set_names(["Ankle boot", "Bag", "Coat"], 200)
    assert not header.upright


def test_all_of_an_upright_name_has_room(header):
    names = ["T-shirt/top", "x", "y"]
    header.set_names(names, 20)
    wide = header.fontMetrics().horizontalAdvance(names[0])
    assert header.sizeHint().height() >= wide * 0.85  # It is written a little smaller.
    assert header.grab().toImage().height() >= header.sizeHint().height()

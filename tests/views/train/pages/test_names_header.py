"""Names above a matrix: lying where the longest fits into a column, else upright."""

import pytest
from PySide6.QtGui import QFontMetrics, QStandardItemModel
from PySide6.QtWidgets import QTableView

from playground.models.state.view_settings import ViewSettings
from playground.views.theme.theming import Theming, smaller
from playground.views.train.pages.names_header import NamesHeader


@pytest.fixture
def header(qtbot):
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(3, 3, table))
    settings = ViewSettings(table)
    header = NamesHeader(Theming(settings, settings), table)
    table.setHorizontalHeader(header)
    header.table = table  # It lives as long as its header is looked at.
    return header


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
    written = QFontMetrics(smaller(header.font())).horizontalAdvance(names[0])
    assert header.sizeHint().height() > written

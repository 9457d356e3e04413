"""Cards act while they are open; Esc takes back what they did, Enter keeps it."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from playground.core.presets import Parameter, starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document
from playground.views.widgets.popover import ParameterRow, scale_popover


class Bench:
    """A card that scales kernel 0, Sobel x."""

    def __init__(self, qtbot):
        self.document = Document(Session(None, NetworkSpec((starter_bank(1),))))
        self.before = self.document.conv.kernel
        edits = KernelEdits(self.document)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.card = scale_popover("Scale", edits.scale, edits, self.window)
        self.card.open_at(QRect(10, 10, 40, 20))
        self.row = self.card.rows["factor"]

    @property
    def scaled(self):
        return self.document.conv.kernel[0, 0, 0, 0] / self.before[0, 0, 0, 0]


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)


def test_a_slider_acts_at_once_and_shows_its_number(bench):
    bench.row.slider.setValue(bench.row.slider.maximum())
    assert bench.row.value == 10
    assert bench.scaled == 10


@pytest.mark.parametrize(("key", "factor"), [(Qt.Key.Key_Escape, 1), (Qt.Key.Key_Return, 3)])
def test_escape_takes_back_what_enter_keeps(bench, key, factor):
    bench.row.set_value(3)
    QTest.keyClick(bench.card, key)
    assert not bench.card.isVisible()
    assert bench.scaled == factor


def test_it_opens_below_and_above_where_there_is_no_room(bench):
    room, height = bench.window.screen().availableGeometry(), bench.card.height()
    assert bench.card.y() > 10 + 20
    bench.card.open_at(QRect(10, room.bottom() - 20, 40, 20))
    assert bench.card.y() + height < room.bottom() - 20


def test_an_odd_number_is_made_of_an_even_one(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    row = ParameterRow(Parameter("size", "Size", "odd", 3, 1, 11), 3, parent)
    row.field.setValue(6)
    assert row.value == 7

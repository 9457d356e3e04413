"""Widgets in rows that wrap, and that scroll where there are more rows than room."""

import pytest
from PySide6.QtWidgets import QWidget

from playground.views.widgets.flow_layout import ChipRows, FlowLayout


def boxes(count):
    made = [QWidget() for _ in range(count)]
    for box in made:
        box.setFixedSize(50, 20)
    return made


@pytest.fixture
def content(qtbot):
    content = QWidget()
    qtbot.addWidget(content)
    return content


@pytest.fixture
def flow(content):
    flow = FlowLayout(content, spacing=5)
    for box in boxes(4):
        flow.addWidget(box)
    content.resize(110, 100)
    content.show()
    return flow


def places(flow):
    return [flow.itemAt(i).widget().pos().toTuple() for i in range(flow.count())]


def test_what_does_not_fit_goes_on_in_the_next_row(flow):
    assert places(flow) == [(0, 0), (55, 0), (0, 25), (55, 25)]


def test_the_height_follows_from_the_width(flow):
    heights = [flow.heightForWidth(width) for width in (215, 214, 105, 50)]
    assert heights == [20, 45, 45, 95]


def test_a_hidden_widget_takes_no_room(flow):
    flow.itemAt(1).widget().hide()
    flow.activate()
    assert places(flow)[2:] == [(55, 0), (0, 25)]


def test_two_rows_of_chips_are_seen_at_least(qtbot):
    rows = ChipRows(boxes(12))
    qtbot.addWidget(rows)
    rows.resize(110, 60)
    rows.show()
    assert rows.minimumSizeHint().height() == 45
    assert rows.sizeHint().height() == 6 * 20 + 5 * 5
    assert rows.verticalScrollBar().maximum() > 0

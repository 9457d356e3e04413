"""A room that asks for nothing."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from playground.views.present.flexible import Flexible


def test_rooms_share_by_their_stretch_whatever_stands_in_them(qtbot):
    long = QLabel("a long text " * 40)
    long.setWordWrap(True)
    one, other = Flexible(QLabel("x"), long), Flexible(QLabel("short"))
    whole = QWidget()
    qtbot.addWidget(whole)
    row = QHBoxLayout(whole)
    for room in (one, other):
        row.addWidget(room, 1)
    whole.resize(800, 300)
    whole.show()
    assert abs(one.width() - other.width()) <= 1

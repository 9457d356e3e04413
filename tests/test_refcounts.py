"""Qt's Python bindings must not lose references: one lost per call ends the process in seconds."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

CALLS = 2000
NOISE = 50
"""References that come and go by themselves meanwhile."""


class Sender(QObject):
    happened = Signal()


def test_void_calls_keep_the_references_to_none(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < NOISE


def test_signals_keep_the_references_to_true(qapp):
    sender = Sender()
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        sender.happened.emit()
    assert abs(sys.getrefcount(True) - before) < NOISE

"""What Qt calls may fail: it is reported and answered, and Qt goes on."""

import subprocess
import sys
from inspect import signature

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    Qt,
    QThread,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPainterPath, QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGraphicsItem,
    QLayout,
    QListView,
    QStyledItemDelegate,
    QWidget,
)

from playground.models.guard import (
    Announcing,
    Guarded,
    guarded,
    is_guarded,
    neutral_answer,
    overrides,
)


def fail(*_args):
    """Raise as C code does: that is what kills the process where it is not caught."""
    return np.zeros(3)[7]


class Failing(Guarded, QWidget):
    broken = True

    def sizeHint(self):
        return fail() if self.broken else QSize(30, 20)

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.red)
        if self.broken:
            fail()

    def event(self, event):
        # Reached from Python, what Qt calls next is in danger.
        return super().event(event)


@pytest.fixture
def reported(monkeypatch):
    """What the hook is told."""
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: told.append((kind, trace)))
    return told


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        (QWidget, "sizeHint", QSize()),
        (QWidget, "paintEvent", None),
        (QWidget, "event", False),
        (QObject, "eventFilter", False),
        (QThread, "run", None),
        (QAbstractItemModel, "index", QModelIndex()),
        (QAbstractItemModel, "data", None),
        (QAbstractItemModel, "rowCount", 0),
        (QAbstractItemModel, "roleNames", {}),
        (QAbstractItemModel, "mimeTypes", []),
        (QAbstractItemModel, "mimeData", None),
        (QAbstractListModel, "flags", Qt.ItemFlag(0)),
        (QAbstractItemModel, "supportedDropActions", Qt.DropAction(0)),
        (QGraphicsItem, "boundingRect", QRectF()),
        (QGraphicsItem, "shape", QPainterPath()),
        (QGraphicsItem, "itemChange", None),
        (QDoubleSpinBox, "textFromValue", ""),
        (QDoubleSpinBox, "valueFromText", 0.0),
        (QStyledItemDelegate, "createEditor", None),
        (QLayout, "itemAt", None),
        (QLayout, "expandingDirections", Qt.Orientation(0)),
        (QListView, "moveCursor", QModelIndex()),
        (QUndoCommand, "mergeWith", False),
        (pg.ImageItem, "boundingRect", QRectF()),
        (pg.ImageItem, "render", None),
    ],
)
def test_a_failure_is_answered_with_nothing_of_the_kind_that_qt_expects(
    reported, kind, name, expected
):
    failing = type("Failing", (Guarded, kind), {name: lambda *args: fail()})
    answer = getattr(failing, name)(None)
    assert answer == expected
    assert type(answer) is type(expected)
    assert [kind for kind, _ in reported] == [IndexError]


def test_overloads_are_told_apart_by_their_arguments():
    assert neutral_answer(iter([QAbstractItemModel.parent]), 2) == QModelIndex()
    assert neutral_answer(iter([QAbstractItemModel.parent]), 1) is None


def test_what_is_not_known_is_none():
    assert neutral_answer(iter([]), 1) is None
    assert neutral_answer(iter([len]), 1) is None


def test_only_what_overrides_is_guarded():
    class Mixed(Guarded, QWidget):
        def sizeHint(self):
            return QSize()

        def own(self):
            """Ours alone."""

        @staticmethod
        def mouseGrabber():
            return None

        @property
        def font(self):
            return None

    class Heir(Mixed):
        def keyPressEvent(self, event):
            """Guarded too."""

        def own(self):
            """Of no class from outside."""

    assert overrides(Mixed) == ["sizeHint"]
    assert overrides(Heir) == ["keyPressEvent"]
    assert is_guarded(Heir.sizeHint)
    assert is_guarded(Heir.keyPressEvent)
    assert not is_guarded(Mixed.own)
    assert not is_guarded(vars(Mixed)["mouseGrabber"])
    assert vars(Mixed)["font"].fget is not None


def test_a_guarded_method_looks_like_itself():
    class Model(Guarded, QAbstractListModel):
        def data(self, index, role=Qt.ItemDataRole.DisplayRole):
            """What a row says."""
            return role

    assert Model.data.__doc__ == "What a row says."
    assert Model.data.__qualname__.endswith("Model.data")
    assert list(signature(Model.data).parameters) == ["self", "index", "role"]
    assert Model.data(None, None, role=3) == 3


def test_an_interruption_is_no_failure(reported):
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guarded(interrupt, lambda: iter(()))()
    assert reported == []


def test_a_hook_that_fails_is_survived(monkeypatch, capsys):
    monkeypatch.setattr(sys, "excepthook", fail)
    guarded(fail, lambda: iter(()))()
    assert "IndexError" in capsys.readouterr().err


def test_a_widget_whose_painting_failed_is_painted_again(qtbot, reported):
    widget = Failing()
    qtbot.addWidget(widget)
    widget.resize(40, 30)
    widget.show()
    qtbot.waitExposed(widget)
    qtbot.waitUntil(lambda: bool(reported))
    widget.broken = False
    image = widget.grab().toImage()
    assert image.pixelColor(5, 5) == Qt.GlobalColor.red
    assert widget.sizeHint() == QSize(30, 20)


def test_a_picture_that_was_being_painted_is_let_go_of(reported):
    # Let go of before its painter, as a frame may do, a picture would end the process.
    image = QImage(8, 8, QImage.Format.Format_RGB32)

    def paint():
        painter = QPainter(image)
        painter.save()
        fail()

    for _ in range(100):
        guarded(paint, lambda: iter(()))()
    assert len(reported) == 100
    assert reported[0][1].tb_next.tb_frame.f_locals == {}


def test_an_entry_that_fails_leaves_the_stack_at_work(reported):
    class Step(Guarded, QUndoCommand):
        redo = undo = fail

    stack = QUndoStack()
    stack.push(Step())
    stack.undo()
    assert [kind for kind, _ in reported] == [IndexError, IndexError]
    stack.push(QUndoCommand("another"))
    assert stack.undoText() == "another"


def test_a_failing_thread_ends_and_is_heard_of(qtbot, reported):
    class Thread(Guarded, QThread):
        def run(self):
            fail()

    thread = Thread()
    with qtbot.waitSignal(thread.finished):
        thread.start()
    assert thread.wait()
    assert [kind for kind, _ in reported] == [IndexError]


DANGER = """
import sys
import numpy as np
from PySide6.QtCore import QAbstractListModel, QEvent, Qt
from PySide6.QtGui import QPaintEvent, QPainter
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate, QWidget
from playground.models.guard import Guarded

class Model({mixin}QAbstractListModel):
    def rowCount(self, parent=None):
        return 3
    def data(self, index, role=0):
        return ()[1]

class Delegate({mixin}QStyledItemDelegate):
    def paint(self, painter, option, index):
        index.data()

class Widget({mixin}QWidget):
    def event(self, event):
        return super().event(event)
    def paintEvent(self, event):
        painter = QPainter(self)
        np.zeros(3)[7]

told = set()
sys.excepthook = lambda kind, error, trace: told.add(str(error))
application = QApplication([])
view, model = QListView(), Model()
delegate = Delegate(view)
view.setModel(model)
view.setItemDelegate(delegate)
for each in (Widget(), view):
    each.show()
    for _ in range(3):
        each.repaint()
        application.processEvents()
    each.grab()
    each.close()
print("alive", len(told))
"""


def danger(mixin):
    code = DANGER.replace("{mixin}", mixin)
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_failures_of_c_code_under_python_under_qt_leave_the_process_alive():
    done = danger("Guarded, ")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["alive", "2"]
    assert done.stderr == ""


def test_without_the_guard_they_kill_it_on_python_3_11_and_leave_it_harmed_on_others():
    done = danger("")
    assert done.returncode != 0 or done.stderr
    assert done.returncode != 0 or sys.version_info >= (3, 12)


class Lamp(Announcing):
    colour_changed = Signal(str)

    def __init__(self):
        super().__init__()
        self.colour = "red"


def test_another_value_is_there_when_its_signal_tells_of_it(qapp):
    lamp, told = Lamp(), []
    lamp.colour_changed.connect(lambda colour: told.append((colour, lamp.colour)))
    lamp.announce("colour", "red")
    assert told == []
    lamp.announce("colour", "green")
    assert told == [("green", "green")]

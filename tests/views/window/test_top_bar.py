"""The bar at the top: undo and redo, the modes, and how things are shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings
from playground.views.window.top_bar import ModeSwitch, UndoButton

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def settings(qapp):
    return ViewSettings()


@pytest.fixture
def document():
    return Document(Session(None, NetworkSpec((starter_bank(1),))))


def test_undo_and_redo_say_what_they_are_about_and_when_there_is_nothing(qtbot, document):
    undo, redo = (UndoButton(document.undo_stack, redo=redo) for redo in (False, True))
    for button in (undo, redo):
        qtbot.addWidget(button)
        assert not button.isEnabled()
    assert undo.toolTip().startswith("Nothing to undo")
    KernelEdits(document).negate()
    assert undo.toolTip().startswith(f"Undo: {document.undo_stack.undoText()}")
    QTest.mouseClick(undo, LEFT)
    assert redo.isEnabled()
    assert redo.toolTip().startswith(f"Redo: {document.undo_stack.redoText()}")


def test_the_mode_that_is_chosen_is_pressed_wherever_it_is_chosen(qtbot, settings):
    modes = ModeSwitch(settings)
    qtbot.addWidget(modes)
    QTest.mouseClick(modes.train, LEFT)
    assert settings.mode == "train"
    settings.set_mode("explore")
    assert modes.explore.isChecked()
    assert not modes.train.isChecked()

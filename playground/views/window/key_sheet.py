"""One sheet of all keys, and of what the signs on buttons mean."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.words.local_numbers import with_local_marks
from playground.views.widgets.small_widgets import FROZEN
from playground.views.window.action_table import ActionTable

_NATIVE = QKeySequence.SequenceFormat.NativeText
_WIDE = 190
"""Pixels of the first column, the same in every part."""
_SIZE = (760, 560)
"""Fits the smallest screen; longer, it is scrolled."""

Lines = Iterable[tuple[str, str]]


class KeySheet(Guarded, QDialog):
    """Stays open beside the work, so that a key can be tried."""

    def __init__(self, actions: ActionTable, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Keys and signs"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.windowTitle())
        self.text.setHtml(
            _section(self.tr("In the whole window"), _of_actions(actions, presenting=False))
            + _section(
                self.tr("While presenting"),
                [*_of_actions(actions, presenting=True), *self._presenting()],
            )
            + _section(self.tr("At a weight"), self._at_a_weight())
            + _section(self.tr("At the kernels of a layer"), self._at_the_kernels())
            + _section(self.tr("In the cells of the weights, in Train"), self._in_the_cells())
            + _section(self.tr("In slow motion"), self._in_slow_motion())
            + _section(self.tr("Signs on buttons"), _signs(window))
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.resize(*_SIZE)

    def _presenting(self) -> Lines:
        return (
            (self.tr("Left, Right"), self.tr("The kernel before, and the next one")),
            (self.tr("Up, Down"), self.tr("The part of a long sum, or the channel")),
            ("Esc", self.tr("Let go of a weight, put down the pen, or go back")),
        )

    def _at_a_weight(self) -> Lines:
        return (
            (self.tr("Arrows, Tab"), self.tr("Go to another weight; Shift with an arrow selects")),
            (self.tr("A number, Enter"), self.tr("Type the weight; Tab goes on to the next")),
            (
                self.tr("Page Up, Page Down"),
                self.tr("0.1 more or less; with Shift 1, with Ctrl 0.01"),
            ),
            (
                self.tr("Wheel, drag"),
                self.tr("The same, by the mouse; Esc puts a dragged one back"),
            ),
            (self.tr("Delete"), self.tr("Set to zero")),
            (self.tr("Ctrl+C, Ctrl+V"), self.tr("Copy and paste, as a table for a spreadsheet")),
        )

    def _in_the_cells(self) -> Lines:
        return (
            (
                with_local_marks("▲ 0.013"),
                self.tr("The next step of training makes the weight larger by so much"),
            ),
            (with_local_marks("▼ 0.013"), self.tr("The next step makes it smaller by so much")),
            (
                with_local_marks("g −0.013"),
                self.tr(
                    "Its gradient ∂L/∂w: so much the loss rises per 1 that the weight rises; "
                    "below 0, the loss falls"
                ),
            ),
            (self.tr("The line"), self.tr("Its earlier values, the present one at the right")),
            (FROZEN, self.tr("Frozen: training leaves the weight as it is")),
            ("0", self.tr("As good as 0 beside the others; its tooltip has every digit")),
        )

    def _in_slow_motion(self) -> Lines:
        return (
            ("→", self.tr("Values go forward: the mean |output| of the layer over the batch")),
            ("←", self.tr("The error comes back: the mean |gradient| at the layer's output")),
            ("Δw", self.tr("The weights change: by how much, the mean over the layer")),
            (
                with_local_marks("+0.013"),
                self.tr("In a weight's cell: what the step has added to it"),
            ),
        )

    def _at_the_kernels(self) -> Lines:
        return (
            (self.tr("Arrows"), self.tr("Choose a kernel; with Shift or Ctrl several")),
            ("F2", self.tr("Rename")),
            (self.tr("Alt with an arrow"), self.tr("Move the kernel")),
        )


def keys_text(action: QAction) -> str:
    """The keys of an action as this platform writes them.

    Keys for one thing alone, such as Undo, are on few keyboards, and need no telling.
    """
    first, *others = (key.toString(_NATIVE) for key in action.shortcuts())
    return ", ".join([first, *(keys for keys in others if len(keys) == 1 or "+" in keys)])


def _of_actions(actions: ActionTable, *, presenting: bool) -> list[tuple[str, str]]:
    return [
        (keys_text(one), one.whatsThis() or one.toolTip())
        for one in actions
        if one.shortcuts() and one.objectName().startswith("present.") == presenting
    ]


def _signs(window: QWidget) -> Lines:
    """What each button says that has a sign in place of words."""
    signs = {
        made.text(): made.toolTip()
        for made in window.findChildren(QToolButton)
        if made.text() and not any(letter.isalnum() for letter in made.text())
    }
    return signs.items()


def _section(title: str, lines: Lines) -> str:
    rows = "".join(
        f"<tr><td width='{_WIDE}'><b>{escape(keys)}</b></td><td>{escape(what)}</td></tr>"
        for keys, what in lines
    )
    return f"<h3>{escape(title)}</h3><table cellpadding='3'>{rows}</table>"

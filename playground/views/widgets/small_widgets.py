"""Small building blocks that several panels share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from playground.models.guard import Guarded


def label(text: str, kind: str = "", tip: str = "") -> QLabel:
    """A label of the given kind (see theme/theming.py)."""
    made = QLabel(text)
    if kind:
        made.setProperty("kind", kind)
    if tip:
        made.setToolTip(tip)
    return made


def set_kind(label: QLabel, kind: str) -> None:
    """Make it a label of another kind; nothing is done for the one it has."""
    if label.property("kind") != kind:
        label.setProperty("kind", kind)
        label.style().unpolish(label)
        label.style().polish(label)


def button(
    text: str,
    name: str,
    on_click: Callable[[], object] | None = None,
    *,
    what: str = "",
    checkable: bool = False,
) -> QToolButton:
    """A text button; `name` is what a screen reader calls it, `what` says what it does."""
    made = QToolButton()
    made.setText(text)
    explain(made, name, what)
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def explain(control: QWidget, name: str, what: str = "") -> None:
    """Give a control its accessible name, and a tip that says it with what the control does."""
    control.setAccessibleName(name)
    control.setToolTip(f"{name}: {what}" if what else name)


def edit_current(view: QAbstractItemView) -> None:
    """Open the field of a view's current item, unless one is open already.

    Enter in an open field comes to the view, too.
    """
    index = view.currentIndex()
    typing = view.state() == QAbstractItemView.State.EditingState
    if index.isValid() and not typing and view.indexWidget(index) is None:
        view.edit(index)


def menu_button(text: str, menu: QMenu, tip: str = "") -> QToolButton:
    """A button that opens `menu`."""
    made = QToolButton()
    made.setText(text)
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setToolTip(tip or text)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


class PanelHeader(Guarded, QWidget):
    """A panel's title on the left and a muted detail on the right, which gives way when narrow."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(title, "title")
        self.detail = label("", "detail")
        self.detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.title)
        row.addWidget(self.detail, 1)

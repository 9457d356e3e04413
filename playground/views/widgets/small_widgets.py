"""Small building blocks that several panels share: labels, buttons, entries of menus, pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QSizePolicy,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.core.kernels.bank import Cell
from playground.models.guard import Guarded
from playground.models.training.run.freezing import Freezing

Index = QModelIndex | QPersistentModelIndex
"""What Qt hands to a delegate or a view."""

Box = TypeVar("Box", QHBoxLayout, QVBoxLayout)

Entry = tuple[str, str, Callable[[], object]]
"""Text, tip and operation of a menu's entry."""

FROZEN = "❄"
"""Stands beside the name of a frozen kernel."""


def bare(layout: Box, spacing: int) -> Box:
    """`layout`, without margins and with `spacing` pixels between what it holds."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout


def label(text: str, kind: str = "", tip: str = "") -> QLabel:
    """A label of the given kind (see theming.py)."""
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
    name: str = "",
    on_click: Callable[[], object] | None = None,
    *,
    what: str = "",
    checkable: bool = False,
) -> QToolButton:
    """A text button; a screen reader calls it `name`, or its text; `what` says what it does."""
    made = QToolButton()
    made.setText(text)
    explain(made, name or text, what)
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def explain(control: QWidget, name: str, what: str = "") -> None:
    """Give a control its accessible name, and a tip that says it with what the control does."""
    control.setAccessibleName(name)
    control.setToolTip(f"{name}: {what}" if what else name)


def keep_room(control: QWidget) -> None:
    """Leave the room of a control free while it is hidden, so that nothing moves when it comes."""
    policy = control.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    control.setSizePolicy(policy)


def edit_current(view: QAbstractItemView) -> None:
    """Open the field of a view's current item, unless one is open already.

    Enter in an open field comes to the view, too.
    """
    index = view.currentIndex()
    typing = view.state() == QAbstractItemView.State.EditingState
    if index.isValid() and not typing and view.indexWidget(index) is None:
        view.edit(index)


def make_bare(table: QTableView) -> None:
    """Show nothing of a table but its cells, down to one pixel each, and follow the pointer."""
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setMouseTracking(True)
    for header in (table.horizontalHeader(), table.verticalHeader()):
        header.hide()
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


def menu_button(text: str, menu: QMenu, tip: str = "") -> QToolButton:
    """A button that opens `menu`."""
    made = button(text)
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setToolTip(tip or text)
    return made


def add_entry(menu: QMenu, text: str, tip: str, slot: Callable[[], object]) -> QAction:
    """An entry at the end of `menu` that calls `slot`, checked or not."""
    made = menu.addAction(text)
    made.setToolTip(tip)
    made.triggered.connect(lambda _checked=False: slot())
    return made


def add_entries(menu: QMenu, entries: Iterable[Entry | None]) -> None:
    """Entries at the end of `menu`, with their tips; None stands for a line between them."""
    menu.setToolTipsVisible(True)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            add_entry(menu, *entry)


def add_tick(
    menu: QMenu, text: str, tip: str, slot: Callable[[bool], object], *, ticked: bool
) -> QAction:
    """An entry at the end of `menu` that is ticked or not."""
    made = menu.addAction(text)
    made.setToolTip(tip)
    made.setCheckable(True)
    made.setChecked(ticked)
    made.toggled.connect(slot)
    return made


def add_freezing(
    menu: QMenu, freezing: Freezing, layer: int, kernel: int, cells: Sequence[Cell] = ()
) -> None:
    """Ticks at the end of `menu`: these weights, their kernel, or its whole layer stay."""
    if not menu.isEmpty():
        menu.addSeparator()
    whole = freezing.is_frozen(layer)
    if cells:
        several = _tr("Freeze these {} weights").format(len(cells))
        add_tick(
            menu,
            _tr("Freeze this weight") if len(cells) == 1 else several,
            _tr("Training leaves them as they are; without the tick they learn"),
            partial(freezing.set_weights, layer, cells),
            ticked=all(freezing.holds(layer, cell) for cell in cells),
        ).setEnabled(not freezing.is_frozen(layer, kernel))
    add_tick(
        menu,
        _tr("Freeze this kernel"),
        _tr("Training leaves its weights and its bias as they are"),
        partial(freezing.set_kernel, layer, kernel),
        ticked=freezing.is_frozen(layer, kernel),
    ).setEnabled(not whole)
    add_tick(
        menu,
        _tr("Freeze this layer"),
        _tr("Training leaves all kernels of this layer as they are"),
        partial(freezing.set_layer, layer),
        ticked=whole,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("FreezeMenu", text)


def add_key(view: QWidget, text: str, keys: str, slot: Callable[[], object]) -> QAction:
    """An action of `view` that `keys` call while it has the focus; its menus can list it."""
    action = QAction(text, view)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(slot)
    view.addAction(action)
    return action


class Watchable(Protocol):
    """A model that works only while somebody looks at what it finds."""

    def set_watched(self, watched: bool, by: Hashable = None) -> None: ...


class WatchingPage(Guarded, QWidget):
    """A page that has its model work only while it is on the screen.

    Several pages may look at one model: it works while any of them is seen.
    """

    def __init__(self, model: Watchable) -> None:
        super().__init__()
        self._watched = model

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watched.set_watched(True, id(self))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watched.set_watched(False, id(self))


class PanelHeader(Guarded, QWidget):
    """A panel's title on the left and a muted detail on the right, which gives way when narrow."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = label(title, "title")
        self.detail = label("", "detail")
        self.detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.title)
        row.addWidget(self.detail, 1)

"""Transfer: begin a task with kernels that were learned before, and compare with random ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.train.controls.task_menu import add_class_tasks
from playground.views.widgets.small_widgets import add_entry, add_tick


class TransferMenu(Guarded, QMenu):
    """Whose kernels to keep, for which task; frozen or not; and the comparison."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self._records, self._transferring = bench.runs, bench.transferring
        self._bench, self._opener = bench, parent
        self.setToolTipsVisible(True)
        self.present = self.addMenu(self.tr("Keep this network's kernels and learn"))
        self.present.menuAction().setToolTip(
            self.tr("The convolutions stay as they are; behind them comes a fresh dense layer")
        )
        add_class_tasks(self.present, bench, parent, self._transferring.keep_present)
        self.earlier = self.addMenu(self.tr("Keep an earlier run's kernels and learn"))
        self.earlier.menuAction().setToolTip(
            self.tr("The convolutions of a run that was left behind, as it ended")
        )
        self.freeze = add_tick(
            self,
            self.tr("Freeze kept layers"),
            self.tr(
                "Training leaves the kept kernels as they are, and only the new dense layer "
                "learns. A right click on a kernel lets its layer learn again"
            ),
            self._transferring.set_freeze,
            ticked=self._transferring.freeze,
        )
        self.addSeparator()
        self.compare = add_entry(
            self,
            self.tr("Start from random to compare"),
            self.tr(
                "The same network, setup and seed, but every kernel is random and learns; the "
                "present run stays as a grey curve"
            ),
            self._transferring.compare_with_random,
        )
        self.aboutToShow.connect(self._refresh)
        # Later: what was chosen in a submenu has still to be carried out.
        self.aboutToHide.connect(self._empty, Qt.ConnectionType.QueuedConnection)
        self._refresh()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if not chosen or not self._tick(self.activeAction()):
            super().keyPressEvent(event)

    def _tick(self, action: QAction | None) -> bool:
        """A tick leaves the menu open: what is to be done with it comes next."""
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        return True

    def _refresh(self) -> None:
        self.compare.setEnabled(self._transferring.can_compare)
        self._forget()
        for record in self._records.records:
            menu = self.earlier.addMenu(self._records.name(record))
            keep = partial(self._transferring.keep_record, record)
            add_class_tasks(menu, self._bench, self._opener, keep)
        self.earlier.menuAction().setEnabled(bool(self._records.records))

    def _empty(self) -> None:
        """Keep nothing for a menu that is closed, unless it has been opened again."""
        if not self.isVisible():
            self._forget()

    def _forget(self) -> None:
        """Let the submenus of earlier runs go: `clear` would leave them, and all in them, alive."""
        for action in self.earlier.actions():
            if isinstance(menu := action.menu(), QMenu):
                menu.deleteLater()
        self.earlier.clear()

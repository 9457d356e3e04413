"""The patches that excite a kernel most, as a list."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from playground.core.explain.strongest import StrongPatch
from playground.models.guard import Guarded
from playground.models.local_numbers import Local, localised
from playground.models.training.inspect.strong_patches import PatchReport, StrongPatches

Index = QModelIndex | QPersistentModelIndex


class PatchRole(IntEnum):
    """What a delegate asks for."""

    PIXELS = Qt.ItemDataRole.UserRole + 1
    """(h, w, C), zero beyond the example's border."""
    VALUE = Qt.ItemDataRole.UserRole + 2
    """The kernel's response."""
    CLASS_NAME = Qt.ItemDataRole.UserRole + 3


class PatchesModel(Guarded, QAbstractListModel):
    """Strongest first."""

    def __init__(self, patches: StrongPatches, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report = patches.report
        patches.reported.connect(self._follow)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() or self._report is None else len(self._report.patches)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        report = self._report
        if not index.isValid() or report is None:
            return None
        patch = report.patches[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return localised(f"{patch.value:#.3g}".rstrip("."))
            case PatchRole.PIXELS:
                return patch.pixels
            case PatchRole.VALUE:
                return patch.value
            case PatchRole.CLASS_NAME:
                return report.class_name(patch)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._words(report, patch)
        return None

    def _words(self, report: PatchReport, patch: StrongPatch) -> str:
        """Which example, what it shows, where and how strong."""
        name = report.class_name(patch)
        what = self.tr("Example {}, {}").format(patch.example, name) if name else ""
        what = what or self.tr("Example {}").format(patch.example)
        words = self.tr(
            "{}: response {:+.4g} at row {}, column {} of the map. "
            "Click, or press Enter, to see it in the input"
        )
        return words.format(what, Local(patch.value), patch.row, patch.column)

    def _follow(self, report: PatchReport | None) -> None:
        before, after = self.rowCount(), 0 if report is None else len(report.patches)
        if before == after:
            self._report = report
            if after:
                self.dataChanged.emit(self.index(0), self.index(after - 1))
            return
        self.beginResetModel()
        self._report = report
        self.endResetModel()

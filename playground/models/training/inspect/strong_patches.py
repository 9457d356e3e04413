"""Which patches of the task's examples excite the selected kernel most, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from playground.core.errors import PlaygroundError
from playground.core.explain.strongest import StrongPatch, find_patch, strongest_patches, unit_over
from playground.core.specs import NetworkSpec
from playground.core.tasks import Task
from playground.models.guard import Guarded
from playground.models.state.asked import Asked, Keyed, key_of
from playground.models.state.document import Document
from playground.models.training.run.training import Training
from playground.models.training.tasks.task_picture import example_of, example_picture
from playground.models.words.local_numbers import Local, localised
from playground.models.worker import Control

_EVERY_MS = 1500
_SOON_MS = 40


@dataclass(frozen=True, eq=False)
class _Request(Keyed):
    task: Task
    network: NetworkSpec
    layer: int
    kernel: int


@dataclass(frozen=True, eq=False)
class PatchReport:
    """The patches for one kernel, strongest first."""

    task: Task
    layer: int
    kernel: int
    patches: tuple[StrongPatch, ...]

    @property
    def examples(self) -> int:
        """How many examples were looked at."""
        return len(self.task.inputs)

    def class_name(self, patch: StrongPatch) -> str:
        """What the example shows; nothing where the task has no classes."""
        return self.task.class_name(patch.example)


class StrongPatches(Asked[_Request, PatchReport]):
    """Reports on the selected kernel while somebody looks.

    Soon after a choice or a change by hand, and every second or two while it trains.
    """

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(
            *("patches", self._to_ask, _search, parent),
            running=lambda: training.running,
            soon_ms=_SOON_MS,
            every_ms=_EVERY_MS,
        )
        self._document, self._training = document, training
        selection = document.selection
        for signal in (
            selection.kernel_changed,
            selection.layer_changed,
            document.shown_changed,
            training.running_changed,
            training.task_changed,
        ):
            signal.connect(self.follow)

    def point_at(self, number: int) -> None:
        """Make the example of patch `number` the input, and point at where its response stands.

        Examples that are themselves patches of the picture that is shown are pointed at in it.
        """
        report, document = self.answer, self._document
        if report is None or number >= len(report.patches):
            return
        patch = report.patches[number]
        top, left = patch.field.top, patch.field.left
        recipe, picture = document.session.recipe, document.picture
        if recipe is not None and recipe.needs_picture:
            pixels = report.task.inputs[patch.example]
            corner = None if picture is None else find_patch(picture.pixels, pixels)
            if corner is None:
                return
            top, left = top + corner[0], left + corner[1]
        else:
            channels = document.network.first_conv.channels
            working = None if document.picture is None else document.picture.working
            example = example_of(report.task, patch.example)
            picture = example_picture(example, channels, working)
            document.change(self.tr("Example as input"), picture=picture, own=None)
        assert picture is not None
        size = picture.height, picture.width
        try:
            pixel = unit_over(document.network, report.layer, (top, left), size)
        except (PlaygroundError, TypeError, IndexError):
            return  # the network is no longer the one that was searched
        document.selection.set_layer(report.layer)
        document.selection.set_pixel(pixel)

    def _to_ask(self) -> _Request | None:
        task, document = self._training.task, self._document
        if task is None:
            return None
        where = document.selection.layer, document.selection.kernel
        key = key_of(document, task, *where)
        return _Request(key, document.shown.step, task, document.network, *where)


def _search(request: _Request, control: Control) -> PatchReport | None:
    task = request.task
    found = strongest_patches(
        request.network,
        request.layer,
        request.kernel,
        task.inputs,
        padding=task.padding,
        should_stop=control.should_stop,
    )
    return None if found is None else PatchReport(task, request.layer, request.kernel, found)


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
        self._report = patches.answer
        patches.changed.connect(self._follow)

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

"""Which patches of the task's examples excite the selected kernel most, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from playground.core.errors import PlaygroundError
from playground.core.specs import NetworkSpec
from playground.core.strongest import StrongPatch, find_patch, strongest_patches, unit_over
from playground.core.tasks import Task
from playground.models.asked import Asked
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.training.task_picture import example_picture
from playground.models.training.training import Training
from playground.models.worker import Control, Failure

_EVERY_MS = 1500
_SOON_MS = 40
_PATIENCE = 1.0
"""Seconds that a search goes on for its own kernel, though another was asked for."""


@dataclass(frozen=True)
class _Request:
    task: Task
    network: NetworkSpec
    layer: int
    kernel: int


@dataclass(frozen=True, eq=False)
class PatchReport:
    """The patches for one kernel, strongest first; or `problem`, why there can be none."""

    task: Task
    layer: int
    kernel: int
    patches: tuple[StrongPatch, ...]
    problem: str = ""

    @property
    def examples(self) -> int:
        """How many examples were looked at."""
        return len(self.task.inputs)

    def class_name(self, patch: StrongPatch) -> str:
        """What the example shows; nothing where the task has no classes."""
        names = self.task.class_names
        return names[int(self.task.targets[patch.example])] if names else ""


class StrongPatches(Guarded, QObject):
    """Reports on the selected kernel while somebody looks.

    Soon after a choice or a change by hand, and every second or two while it trains.
    """

    reported = Signal(object)
    """A PatchReport, or None where there is no task."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self.report: PatchReport | None = None
        self._asked = Asked("patches", self._question, _search, self._take, self._fail, self)
        selection = document.selection
        for signal in (selection.kernel_changed, selection.layer_changed, training.running_changed):
            signal.connect(self._plan_soon)
        document.network_changed.connect(self._plan)
        training.task_changed.connect(self._begin)

    def set_watched(self, watched: bool) -> None:
        """Search only while somebody looks."""
        self._asked.set_watched(watched)
        self._plan_soon()

    def point_at(self, number: int) -> None:
        """Make the example of patch `number` the input, and point at where its response stands.

        Examples that are themselves patches of the picture that is shown are pointed at in it.
        """
        report, document = self.report, self._document
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
            pixels = report.task.inputs[patch.example]
            picture = example_picture(pixels, self.tr("example"), channels, working)
            document.change(self.tr("Example as input"), picture=picture, own=None)
        assert picture is not None
        size = picture.height, picture.width
        try:
            pixel = unit_over(document.network, report.layer, (top, left), size)
        except (PlaygroundError, TypeError, IndexError):
            return  # the network is no longer the one that was searched
        document.selection.set_layer(report.layer)
        document.selection.set_pixel(pixel)

    def close(self) -> None:
        """End the worker."""
        self._asked.close()

    def _begin(self, task: object) -> None:
        self._show(None)
        if task is not None:
            self._plan_soon()

    def _plan_soon(self, _news: object = None) -> None:
        self._asked.plan_anew(_SOON_MS)

    def _plan(self, _news: object = None) -> None:
        self._asked.plan(_EVERY_MS if self._training.running else _SOON_MS)

    def _question(self) -> _Request | None:
        task, selection = self._training.task, self._document.selection
        if task is None:
            return None
        return _Request(task, self._document.network, selection.layer, selection.kernel)

    def _take(self, report: PatchReport) -> None:
        selection = self._document.selection
        asked = self._training.task, selection.layer, selection.kernel
        if (report.task, report.layer, report.kernel) == asked:
            self._show(report)

    def _fail(self, failure: Failure) -> None:
        request = failure.request
        self._take(PatchReport(request.task, request.layer, request.kernel, (), failure.message))

    def _show(self, report: PatchReport | None) -> None:
        self.report = report
        self.reported.emit(report)


def _search(request: _Request, control: Control) -> PatchReport | None:
    task = request.task
    found = strongest_patches(
        request.network,
        request.layer,
        request.kernel,
        task.inputs,
        padding=task.padding,
        should_stop=lambda: control.should_stop(_PATIENCE),
    )
    return None if found is None else PatchReport(task, request.layer, request.kernel, found)

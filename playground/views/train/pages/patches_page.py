"""What the selected kernel has learned to look for: the patches that excite it most."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.training.inspect.strong_patches import (
    PatchesModel,
    PatchReport,
    StrongPatches,
)
from playground.views.theme.theming import Theming
from playground.views.train.pages.patch_list import PatchList
from playground.views.train.step_words import with_step
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import label


class PatchesPage(Guarded, QWidget):
    """A line that says whose patches these are, and the patches."""

    def __init__(
        self,
        patches: StrongPatches,
        document: Document,
        theming: Theming,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._patches, self._document = patches, document
        self.title = QuietLabel(theming)
        self.model = PatchesModel(patches, self)
        self.list = PatchList(self.model, theming)
        self.empty = label("", "detail")
        self.empty.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addStretch()
        patches.reported.connect(self._show)
        document.task_changed.connect(self._follow_task)
        self.list.chosen.connect(patches.point_at)
        self._show(patches.report)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._patches.set_watched(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._patches.set_watched(False)

    def _follow_task(self, _task: object) -> None:
        self._show(self._patches.report)

    def _show(self, report: PatchReport | None) -> None:
        empty = self._why_empty(report)
        self.empty.setText(empty)
        self.empty.setVisible(bool(empty))
        self.list.setVisible(not empty)
        self.title.setText("" if report is None else self._headline(report))
        self.title.setVisible(bool(self.title.text()))

    def _headline(self, report: PatchReport) -> str:
        name = self._document.network.conv(report.layer).names[report.kernel]
        words = self.tr("{} · strongest among {} examples")
        text = words.format(name, report.examples)
        if report.patches:
            field = report.patches[0].field
            text += self.tr(" · sees {} × {} pixels").format(field.height, field.width)
        return with_step(self._patches.asked.step, text)

    def _why_empty(self, report: PatchReport | None) -> str:
        asked = self._patches.asked
        if report is None and asked.asking:
            return ""
        if report is None:
            return asked.problem or self.tr(
                "Choose a task: the places in its examples that excite the selected kernel most "
                "appear here."
            )
        if not report.patches:
            return self.tr(
                "No example excites this kernel: its response is nowhere above zero. Behind ReLU "
                "it is silent."
            )
        return ""

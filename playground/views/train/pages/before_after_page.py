"""Before and after: of the kernels, and of the picture where the task is to restore one."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.train.pages.change_page import ChangePage
from playground.views.train.pages.restored_page import RestoredPage
from playground.views.widgets.small_widgets import bare, button


class BeforeAfterPage(Guarded, QWidget):
    """One of the two at a time; the picture first, where there is one to be restored."""

    def __init__(self, bench: Workbench, theming: Theming) -> None:
        super().__init__()
        self._restoring = bench.restoring
        self.picture = RestoredPage(bench.restoring, theming)
        self.kernels = ChangePage(bench.pairs, bench.document.selection, theming)
        self.show_picture = button(
            self.tr("Picture"), what=self.tr("spoiled, and as the network restores it")
        )
        self.show_kernels = button(
            self.tr("Kernels"), what=self.tr("as the run began, and what they have become")
        )
        self._group = QButtonGroup(self)
        self._heads, self._pages = QStackedWidget(), QStackedWidget()
        # No higher than a line of text, or the pages would lose what it takes.
        self._heads.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        row = bare(QHBoxLayout(), 4)
        for number, (choice, head, page) in enumerate(
            (
                (self.show_picture, self.picture.title, self.picture),
                (self.show_kernels, self.kernels.head, self.kernels),
            )
        ):
            choice.setCheckable(True)
            choice.setProperty("kind", "small")
            self._group.addButton(choice, number)
            self._heads.addWidget(head)
            self._pages.addWidget(page)
            row.addWidget(choice)
        row.addWidget(self._heads, 1)
        column = bare(QVBoxLayout(self), 4)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
        self._group.idClicked.connect(self._turn_to)
        bench.document.task_changed.connect(self._follow_task)
        self._follow_task(None)

    def _turn_to(self, number: int) -> None:
        self._group.button(number).setChecked(True)
        self._heads.setCurrentIndex(number)
        self._pages.setCurrentIndex(number)

    def _follow_task(self, _task: object) -> None:
        restores = self._restoring.task is not None
        for choice in (self.show_picture, self.show_kernels):
            choice.setVisible(restores)
        self._turn_to(0 if restores else 1)

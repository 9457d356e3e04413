"""The pages of Train: a row of buttons, and below it the page that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from playground.core.tasks import ClassTask, PictureTask, Task
from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.train.pages.before_after_page import BeforeAfterPage
from playground.views.train.pages.classes_page import ClassesPage
from playground.views.train.pages.layers_page import LayersPage
from playground.views.train.pages.patches_page import PatchesPage
from playground.views.train.pages.runs_page import RunsPage
from playground.views.train.pages.target_page import TargetPage
from playground.views.train.pages.why_page import WhyPage
from playground.views.widgets.flow_layout import FlowLayout
from playground.views.widgets.small_widgets import bare, button


class PagePanel(Guarded, QWidget):
    """Shows one page at a time."""

    def __init__(self, bench: Workbench, theming: Theming) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        # In large letters they wrap, or they would take the room of the kernels beside them.
        row = FlowLayout(spacing=4)
        self._stack = QStackedWidget()
        self.target = TargetPage(bench.target, theming)
        self.classes = ClassesPage(bench.classes, theming)
        self.change = BeforeAfterPage(bench, theming)
        self.why = WhyPage(bench.why, theming)
        self.patches = PatchesPage(bench.patches, bench.document, theming)
        self.layers = LayersPage(bench.layers, theming)
        self.runs = RunsPage(bench.runs, bench.training, theming)
        for text, what, page in (
            (self.tr("Target"), self.tr("what is to come out, and what does"), self.target),
            (self.tr("Classes"), self.tr("who is taken for whom"), self.classes),
            (
                self.tr("Before/after"),
                self.tr("what the run began with, and what has become of it"),
                self.change,
            ),
            (self.tr("Why"), self.tr("what moves the weight you click"), self.why),
            (
                self.tr("Patches"),
                self.tr("where the examples excite the selected kernel most"),
                self.patches,
            ),
            (self.tr("Layers"), self.tr("how weights and outputs are spread"), self.layers),
            (self.tr("Runs"), self.tr("compare with earlier ones"), self.runs),
        ):
            made = button(text, what=what, checkable=True)
            self._group.addButton(made, self._stack.count())
            row.addWidget(made)
            self._stack.addWidget(page)
        column = bare(QVBoxLayout(self), 4)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self._group.idClicked.connect(self._stack.setCurrentIndex)
        bench.training.task_changed.connect(self._follow_task)
        self._follow_task(bench.training.task)

    def show_page(self, page: QWidget) -> None:
        """Bring `page` to the front."""
        number = self._stack.indexOf(page)
        self._group.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)

    def _follow_task(self, task: Task | None) -> None:
        """Each task begins with the page that says most about it."""
        one_picture = isinstance(task, PictureTask)
        self._group.button(self._stack.indexOf(self.target)).setVisible(one_picture)
        has_classes = isinstance(task, ClassTask)
        self._group.button(self._stack.indexOf(self.classes)).setVisible(has_classes)
        first = self.target if one_picture else self.classes if has_classes else self.why
        self.show_page(first)

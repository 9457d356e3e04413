"""Earlier runs: tick one to lay its curve behind the present one and see its kernels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.training.run.run_records import RunRecords
from playground.models.training.run.training import Training
from playground.views.pictures.value_picture import ValuePicture
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import label


class RunsPage(Guarded, QWidget):
    """The list on the left, the current kernel now and then on the right."""

    def __init__(self, records: RunRecords, training: Training, theming: Theming) -> None:
        super().__init__()
        self._records, self._training = records, training
        self.view = QListView()
        self.view.setModel(records)
        self.view.setWordWrap(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setAccessibleName(self.tr("Earlier runs"))
        self.view.setToolTip(self.tr("Tick a run to compare its curve; select it for its kernels"))
        self.now = ValuePicture(self.tr("this run"), theming)
        self.then = ValuePicture(self.tr("selected run"), theming)
        self.empty = label(
            self.tr("Start over or with new weights, and the run before is kept to compare."),
            "detail",
        )
        self.empty.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.view, 2)
        row.addWidget(self.now, 1)
        row.addWidget(self.then, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        column.addLayout(row, 1)
        self.view.selectionModel().currentChanged.connect(self._compare)
        records.changed.connect(self._follow)
        training.shown_changed.connect(self._follow)
        self._follow()

    def select_newest(self) -> None:
        """Show the kernels of the run that was left behind last."""
        self.view.setCurrentIndex(self._records.index(0))

    def _follow(self, _change: object = None) -> None:
        has_runs = self._records.rowCount() > 0
        self.empty.setVisible(not has_runs)
        for widget in (self.view, self.now, self.then):
            widget.setVisible(has_runs)
        if self.isVisible():
            self._compare(self.view.currentIndex())

    def _compare(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        """Show all first kernels of both runs, side by side in one picture each."""
        if not index.isValid():
            return
        record = self._records.record(index.row())
        one, other = (
            kernels_in_a_row(n.first_conv.kernel) for n in (self._training.network, record.network)
        )
        level = float(max(np.abs(one).max(), np.abs(other).max()))
        self.now.show_values(one, level)
        self.then.show_values(other, level)


def kernels_in_a_row(kernel: np.ndarray) -> np.ndarray:
    """Kernels (kh, kw, C, n), averaged over channels, as one picture with gaps of zero."""
    mean = kernel.mean(axis=2)
    height, width, count = mean.shape
    columns = int(np.ceil(np.sqrt(count)))
    rows = -(-count // columns)
    sheet = np.zeros((rows * (height + 1) - 1, columns * (width + 1) - 1), np.float32)
    for number in range(count):
        top, left = number // columns * (height + 1), number % columns * (width + 1)
        sheet[top : top + height, left : left + width] = mean[:, :, number]
    return sheet

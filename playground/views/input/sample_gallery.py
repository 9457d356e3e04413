"""The pictures that come with the program, to choose by how they look."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from playground.models.pictures.sample_model import KEY_ROLE, SIDE, SampleModel
from playground.views.widgets.popover import Card
from playground.views.widgets.small_widgets import label

_COLUMNS = 6
"""As many at most: the card is then about as high as half a small screen."""
_BETWEEN = 18
"""Pixels between one picture or title and the next."""


class SampleGallery(Card):
    """A click or Enter chooses a picture and closes the card; arrow keys go from one to another."""

    chosen = Signal(str)
    """The key of a sample."""

    def __init__(self, model: SampleModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = QListView()
        self.list.setProperty("kind", "plain")
        self.list.setAccessibleName(self.tr("Pictures that come with the app"))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setIconSize(QSize(SIDE, SIDE))
        self.content.addWidget(label(self.tr("Pictures to begin with"), "title"))
        self.content.addWidget(self.list)
        self.list.ensurePolished()  # The font is the card's by now.
        metrics, count = self.list.fontMetrics(), model.rowCount()
        titles = (model.index(row).data() for row in range(count))
        widest = max(SIDE, *map(metrics.horizontalAdvance, titles)) + _BETWEEN
        cell = QSize(widest, SIDE + metrics.height() + _BETWEEN)
        self.list.setGridSize(cell)
        columns = max(1, min(_COLUMNS, (parent.width() - 2 * _BETWEEN) // cell.width()))
        rows = -(-count // columns)
        # A few pixels more than the cells: exactly as many would move the last one to the next row.
        self.list.setFixedSize(columns * cell.width() + 6, rows * cell.height() + 6)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(model)
        self.list.setCurrentIndex(model.index(0))
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        model.read()

    def _choose(self, index: QModelIndex) -> None:
        if self.isVisible():  # A double click, or a click where one click activates, comes twice.
            self.close()
            self.chosen.emit(index.data(KEY_ROLE))

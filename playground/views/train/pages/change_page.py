"""Every kernel of a layer as its run began, beside what it has become."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.state.selection import Selection
from playground.models.training.inspect.kernel_pairs import KernelPairs, Pairs
from playground.views.pictures.legend import draw_scale
from playground.views.theme.theming import Theming
from playground.views.train.pages.pair_list import PairList
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import WatchingPage, bare, label

_BAR = 76
"""Pixels of width for the bar, with its distances from the numbers."""


class ChangePage(WatchingPage):
    """A line that says which steps are compared, the scale of colours, and the pairs."""

    def __init__(self, model: KernelPairs, selection: Selection, theming: Theming) -> None:
        super().__init__(model)
        self._model = model
        self.title = QuietLabel(theming)
        self.scale = PairScale(model, theming)
        self.list = PairList(model, selection, theming)
        self.empty = label("", "detail")
        self.empty.setWordWrap(True)
        self.head = QWidget()
        """Stands outside of this page, above it."""
        row = bare(QHBoxLayout(self.head), 8)
        row.addWidget(self.title, 1)
        row.addWidget(self.scale)
        column = bare(QVBoxLayout(self), 2)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addStretch()
        model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        pairs = self._model.pairs
        self.empty.setText(self._why_empty() if pairs is None else "")
        self.empty.setVisible(pairs is None)
        self.list.setVisible(pairs is not None)
        self.scale.setVisible(pairs is not None)
        self.title.setText(*(("",) if pairs is None else self._headlines(pairs)))
        self.scale.update()

    def _headlines(self, pairs: Pairs) -> tuple[str, ...]:
        """Which steps stand side by side and what moved most; then shorter, for less room."""
        start = self.tr("step {}").format(pairs.start_step)
        now = self.tr("now") if pairs.step is None else self.tr("step {}").format(pairs.step)
        most = float(pairs.moved[pairs.furthest])
        words = self.tr("no kernel has moved")
        if most != 0:
            words = self.tr("kernel {} moved most").format(pairs.furthest)
        sides = f"{start} → {now}"
        run = self.tr("run {}").format(pairs.run)
        return f"{run} · {sides} · {words}", f"{sides} · {words}", sides

    def _why_empty(self) -> str:
        if self._model.run is None:
            return self.tr(
                "Choose a task and press ▶: each kernel as the run began appears here beside what "
                "it has become."
            )
        return self.tr(
            "There is nothing to compare with: the first weights of this run are no longer kept, "
            "or its layers were others."
        )


class PairScale(Guarded, QWidget):
    """The colours of all pairs."""

    def __init__(self, model: KernelPairs, theming: Theming) -> None:
        super().__init__()
        self._model, self._theming = model, theming
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("One scale of colours for all these kernels"))
        self.setToolTip(self.accessibleName())
        theming.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(2 * metrics.horizontalAdvance("+0.00") + _BAR, metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._model.pairs is not None:
            painter = QPainter(self)
            level = self._model.pairs.level
            draw_scale(painter, QRectF(self.rect()), level, self._theming.theme, "diverging")

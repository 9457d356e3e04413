"""Every kernel of the selected layer as its run began and as it is shown, and how far it moved."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from playground.core.network.building import weights_of, with_weights
from playground.core.specs import Conv2DSpec, FloatArray, NetworkSpec
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.state.shown import Own
from playground.models.state.training_run import TrainingRun
from playground.models.training.run.training import Training
from playground.models.words.local_numbers import Local

_EVERY_MS = 200
"""Five times a second while it trains: numbers that change faster cannot be read."""

_SMALLEST = 0.001
"""The least change that three decimals can show."""

Index = QModelIndex | QPersistentModelIndex


class PairRole(IntEnum):
    """What a delegate asks for."""

    START = Qt.ItemDataRole.UserRole + 1
    """The weights (kh, kw, C_in) with which the run began."""
    NOW = Qt.ItemDataRole.UserRole + 2
    """Those that are shown."""
    MOVED = Qt.ItemDataRole.UserRole + 3
    """The largest change of a weight, in words."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """One layer of a run at two of its steps."""

    run: int
    """The run's number."""
    start_step: int
    """The first frame that is kept of it: step 0."""
    step: int | None
    """The step that is shown; None for weights that were changed by hand since."""
    start: Conv2DSpec
    now: Conv2DSpec
    moved: FloatArray
    """(kernels,) the largest change of a weight of each; NaN where one is no finite number."""
    level: float
    """The largest magnitude of all weights, then and now."""

    @property
    def furthest(self) -> int:
        """The kernel that has moved most: the first one beyond all numbers, where there is one."""
        return int(np.argmax(self.moved))


class KernelPairs(Guarded, QAbstractListModel):
    """A row for each kernel, while somebody looks."""

    changed = Signal()
    """What it shows is something else now, or there is nothing any more."""

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self.pairs: Pairs | None = None
        """None where no run has begun, or its first weights are no longer kept."""
        self._watchers: set[Hashable] = set()
        self._known: tuple[object, object, object] | None = None
        self._start: tuple[int, NetworkSpec] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._refresh)
        document.selection.layer_changed.connect(self._refresh)
        document.shown_changed.connect(self._follow)
        training.running_changed.connect(self._follow)

    @property
    def run(self) -> TrainingRun | None:
        """The run that is shown, or that the weights went out from."""
        shown = self._document.shown
        if not isinstance(shown, Own):
            return shown.run
        place = shown.session.place
        return None if place is None else self._document.runs.get(place.run)

    def set_watched(self, watched: bool, by: Hashable = None) -> None:
        """Compare only while somebody looks; `by` tells those who do apart."""
        (self._watchers.add if watched else self._watchers.discard)(by)
        if self._watchers:
            self._refresh()
        else:
            # A run that nobody looks at is not kept alive by this page.
            self._timer.stop()
            self._known = self._start = None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() or self.pairs is None else self.pairs.now.filters

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        pairs, row = self.pairs, index.row()
        if not index.isValid() or pairs is None or row >= pairs.now.filters:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return pairs.now.names[row]
            case PairRole.START:
                return pairs.start.kernel[..., row]
            case PairRole.NOW:
                return pairs.now.kernel[..., row]
            case PairRole.MOVED:
                return moved_text(float(pairs.moved[row]))
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                words = self.tr("Kernel {}, {}: {} since step {} (the largest change of a weight)")
                name, moved = pairs.now.names[row], moved_text(float(pairs.moved[row]))
                return words.format(row, name, moved, pairs.start_step)
        return None

    def _follow(self, _change: object = None) -> None:
        if not self._watchers:
            return
        if not self._training.running:
            self._refresh()
        elif not self._timer.isActive():
            self._timer.start()

    def _refresh(self, _change: object = None) -> None:
        if not self._watchers:
            return
        self._timer.stop()
        pairs = self._compared()
        if (0 if pairs is None else pairs.now.filters) == self.rowCount():
            self.pairs = pairs
            if pairs is not None:
                self.dataChanged.emit(self.index(0), self.index(pairs.now.filters - 1))
        else:
            self.beginResetModel()
            self.pairs = pairs
            self.endResetModel()
        self.changed.emit()

    def _compared(self) -> Pairs | None:
        document, run, first = self._document, self.run, self._first()
        layer = document.selection.layer
        if run is None or first is None or layer not in first[1].convs:
            return None
        start, now = first[1].conv(layer), document.conv
        if start.kernel.shape != now.kernel.shape:
            return None
        both = np.abs(np.stack([start.kernel, now.kernel]))
        level = float(both[np.isfinite(both)].max(initial=0.0))
        moved = np.abs(now.kernel.astype(np.float64) - start.kernel).max(axis=(0, 1, 2))
        return Pairs(run.number, first[0], document.shown.step, start, now, moved, level)

    def _first(self) -> tuple[int, NetworkSpec] | None:
        """The first step that is kept of the run, and the session's network as it was there."""
        run, session = self.run, self._document.session
        if run is None:
            self._known = self._start = None
            return None
        # Before its first step a run may still be given other weights to begin with.
        key = run, session, run.newest if run.steps == 0 else None
        if self._known is None or any(a is not b for a, b in zip(key, self._known, strict=True)):
            self._known, self._start = key, None
            frame, network = run.frame(0), session.network
            if frame is not None:
                weights = run.unpacked(frame.moment.parameters)
                # The session's layers may be others than the run's.
                if [w.shape for w in weights] == [w.shape for w in weights_of(network)]:
                    self._start = frame.step, with_weights(network, weights)
        return self._start


def moved_text(moved: float) -> str:
    """How far a kernel has moved, in words."""
    if not np.isfinite(moved):
        return _tr("no finite numbers")
    if moved == 0:
        return _tr("not moved")
    if moved < _SMALLEST:
        return _tr("moved < {}").format(Local(_SMALLEST))
    return _tr("moved {:.3f}").format(Local(moved))


def _tr(text: str) -> str:
    return QCoreApplication.translate("KernelPairs", text)

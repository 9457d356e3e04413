"""What training says about each weight of the grid: its gradient, its next step, its way so far."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.core.bank import Cell
from playground.core.specs import Conv2DSpec, DenseSpec, FloatArray, NetworkSpec
from playground.models.document import Document
from playground.models.guard import Guarded
from playground.models.training.snapshot import Snapshot
from playground.models.training.training import Training

_QUICK_CELLS = 9
"""Trails of more weights take too long to draw in every frame: they wait for the pause."""

_TRAIL = 16
"""Earlier values of a weight that are shown."""


@dataclass(frozen=True)
class WeightHint:
    """One weight: ∂L/∂w, what the optimizer would add for it, and earlier values, oldest first."""

    gradient: float
    step: float
    trail: tuple[float, ...]


class WeightHints(Guarded, QObject):
    """Hints for the kernels of the selected layer; none until there is a run."""

    changed = Signal()

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self.freezing = training.freezing
        self._gradients: FloatArray | None = None
        self._steps: FloatArray | None = None
        self._trail: list[FloatArray] = []
        self._shown: tuple[int, int] = (-1, -1)
        self.gradients = False
        """Whether gradients come first where there is no room for gradient and step."""
        self.visible = False
        """Whether hints are to be shown at all: only in train mode."""
        training.progressed.connect(self._follow)
        training.run_changed.connect(self._clear)
        document.selection.layer_changed.connect(self._clear)

    def set_visible(self, visible: bool) -> None:
        """Show hints, or only the weights."""
        if visible != self.visible:
            self.visible = visible
            self.changed.emit()

    def set_gradients(self, gradients: bool) -> None:
        """Let gradients come first, or next steps."""
        self.gradients = gradients
        self.changed.emit()

    def hint(self, cell: Cell) -> WeightHint | None:
        """What is known of the weight (row, column, channel, kernel)."""
        gradients, steps = self._gradients, self._steps
        if not self.visible or gradients is None or steps is None:
            return None
        if any(at >= size for at, size in zip(cell, gradients.shape, strict=True)):
            return None
        small = gradients.shape[0] * gradients.shape[1] <= _QUICK_CELLS
        trail: tuple[float, ...] = ()
        if small or not self._training.running:
            trail = tuple(float(kernel[cell]) for kernel in self._trail)
        return WeightHint(float(gradients[cell]), float(steps[cell]), trail)

    def _follow(self, snapshot: Snapshot) -> None:
        layer = self._document.selection.layer
        place = _place(self._document.network, layer)
        if place is None or place >= len(snapshot.gradients):
            self._clear()
            return
        self._gradients, self._steps = snapshot.gradients[place], snapshot.steps[place]
        kernel = snapshot.weights[place]
        if (snapshot.run, layer) != self._shown or (
            self._trail and kernel.shape != self._trail[0].shape
        ):
            self._trail, self._shown = [], (snapshot.run, layer)
        self._trail.append(kernel)
        if len(self._trail) > 2 * _TRAIL:
            # Every second value: the trail reaches back further the longer a run lasts.
            self._trail = list(islice(self._trail, 0, None, 2))
        self.changed.emit()

    def _clear(self, _news: object = None) -> None:
        self._gradients = self._steps = None
        self._trail = []
        self.changed.emit()


def _place(network: NetworkSpec, layer: int) -> int | None:
    """Where the kernel of `layer` stands in `Network.weights`."""
    if layer >= len(network.layers) or not isinstance(network.layers[layer], Conv2DSpec):
        return None
    before = (isinstance(each, Conv2DSpec | DenseSpec) for each in network.layers[:layer])
    return 2 * int(np.sum(list(before)))

"""What training says about each weight of the grid: its gradient, its next step, its way so far."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QObject, Signal

from playground.core.kernels.bank import Cell
from playground.core.specs import Conv2DSpec, FloatArray, NetworkSpec
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.state.shown import Live, Own, Shown
from playground.models.training.run.training import Training

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
    change: float | None = None
    """What the step before added, where that was taken in slow motion."""


@dataclass(frozen=True, eq=False)
class Taken:
    """A step that is followed in slow motion: the one that leads to `step` of run `run`.

    changes (n,) is what it adds to the parameters; `means` the mean |change| of each layer's
    weights, by layer.
    """

    run: int
    step: int
    changes: FloatArray
    means: dict[int, float]


class WeightHints(Guarded, QObject):
    """Hints for the kernels of the selected layer; none until there is a run."""

    changed = Signal()

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self.freezing = training.freezing
        self._read: _Read | None = None
        self._any = False
        self._trail: list[FloatArray] = []
        self._traced: tuple[int, int] = (-1, -1)
        self._taken: Taken | None = None
        self._back_at: int | None = None
        self.gradients = False
        """Whether gradients come first where there is no room for gradient and step."""
        self.visible = False
        """Whether hints are to be shown at all: only in train mode."""
        document.shown_changed.connect(self._follow)
        document.selection.layer_changed.connect(self._begin_trail)
        self.freezing.changed.connect(self.changed)

    def set_visible(self, visible: bool) -> None:
        """Show hints, or only the weights."""
        if visible != self.visible:
            self.visible = visible
            self.changed.emit()

    def set_gradients(self, gradients: bool) -> None:
        """Let gradients come first, or next steps."""
        self.gradients = gradients
        self.changed.emit()

    def show_slow_motion(self, taken: Taken | None, back_at: int | None) -> None:
        """Show what a step has added, or at layer `back_at` the gradient that has come there."""
        if (taken, back_at) != (self._taken, self._back_at):
            self._taken, self._back_at, self._read = taken, back_at, None
            self.changed.emit()

    @property
    def gradients_first(self) -> bool:
        """Whether a cell with room for one of them shows its gradient, not its next step."""
        here = self._document.selection.layer == self._back_at
        return here or (self.gradients and self._taken is None)

    def hint(self, cell: Cell) -> WeightHint | None:
        """What is known of the weight (row, column, channel, kernel)."""
        read = self._numbers() if self.visible else None
        if read is None:
            return None
        gradients, steps = read.gradients, read.steps
        if any(at >= size for at, size in zip(cell, gradients.shape, strict=True)):
            return None
        small = gradients.shape[0] * gradients.shape[1] <= _QUICK_CELLS
        trail: tuple[float, ...] = ()
        if small or not self._training.running:
            trail = tuple(float(kernel[cell]) for kernel in self._trail)
        change = None if read.changes is None else float(read.changes[cell])
        return WeightHint(float(gradients[cell]), float(steps[cell]), trail, change)

    def holds(self, cell: Cell) -> bool:
        """Whether the weight is frozen, in any mode and before there is a run."""
        return self.freezing.holds(self._document.selection.layer, cell)

    def _numbers(self) -> _Read | None:
        """What the frame that is shown says of the selected layer; read once, and only if asked."""
        shown, layer, read = self._document.shown, self._document.selection.layer, self._read
        if read is not None and read.shown is shown and read.layer == layer:
            return read
        place = None if isinstance(shown, Own) else _place(shown.network, layer)
        if isinstance(shown, Own) or place is None:
            return None
        places = shown.run.places(place)
        steps, slopes = shown.run.next_change(shown.frame, places), shown.frame.gradients
        if slopes is None or steps is None:
            return None
        gradients, taken = slopes[places], self._taken
        mine = taken is not None and (taken.run, taken.step) == (shown.run.number, shown.step)
        changes = taken.changes[places] if taken is not None and mine else None
        if shown.network.conv(layer).flip:
            gradients, steps = gradients[::-1, ::-1], steps[::-1, ::-1]
            changes = None if changes is None else changes[::-1, ::-1]
        self._read = _Read(shown, layer, gradients, steps, changes)
        return self._read

    def _follow(self, shown: Shown) -> None:
        layer = self._document.selection.layer
        if isinstance(shown, Live) and layer in shown.network.convs:
            kernel = shown.network.conv(layer).kernel
            if (shown.run.number, layer) != self._traced or (
                self._trail and kernel.shape != self._trail[0].shape
            ):
                self._trail, self._traced = [], (shown.run.number, layer)
            self._trail.append(kernel)
            if len(self._trail) > 2 * _TRAIL:
                # Every second value: the trail reaches back further the longer a run lasts.
                self._trail = list(islice(self._trail, 0, None, 2))
        else:
            self._trail = []
        was, self._any = self._any, not isinstance(shown, Own)
        # Where there are none, and were none, no cell is to be drawn again.
        if self.visible and (self._any or was):
            self.changed.emit()

    def _begin_trail(self, _layer: int) -> None:
        self._trail = []
        self._follow(self._document.shown)


@dataclass(frozen=True, eq=False)
class _Read:
    """Gradients, next steps and what the last one added of a layer's kernels, as they are shown.

    Each is (kh, kw, C_in, C_out).
    """

    shown: Shown
    layer: int
    gradients: FloatArray
    steps: FloatArray
    changes: FloatArray | None


def _place(network: NetworkSpec, layer: int) -> int | None:
    """Where the kernel of `layer` stands in `Network.weights`."""
    if layer >= len(network.layers) or not isinstance(network.layers[layer], Conv2DSpec):
        return None
    return sum(len(each.weights) for each in network.layers[:layer])

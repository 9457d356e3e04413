"""What a user can do to weights, each a named entry that can be undone.

Edits of single cells change the cells given, each a (row, column, channel, kernel). Operations on
a whole kernel change every selected kernel. Edits that share a gesture become one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QObject

from playground.core import presets
from playground.core.errors import PlaygroundError
from playground.core.kernels import bank, initializers, kernel_ops
from playground.core.kernels.bank import Cell
from playground.core.numbers.number_text import decimal, parse_block
from playground.core.specs import Conv2DSpec, FloatArray
from playground.models.guard import Guarded
from playground.models.kernels.bank_changes import Gesture, Gestures, pasted, transformed, turned
from playground.models.state.document import Document
from playground.models.words.local_numbers import read_number

NOTCH = 0.1
"""What one notch of the wheel or one press of a key adds: seen at once, and a round number."""
COARSE, FINE = 10, 0.1
"""Factors on a notch: from one to the next whole number, or by hundredths."""

Operation = Callable[[FloatArray], FloatArray]


class KernelEdits(Guarded, QObject):
    """The document's weights and biases, changed by named operations."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._gestures = Gestures(document)

    def new_gesture(self) -> int:
        """A token: edits that are given the same one become one undo entry."""
        return self._document.new_gesture()

    def cancel(self, gesture: Gesture) -> None:
        """Put back what was there when `gesture` began, and leave no entry behind."""
        self._gestures.cancel(gesture)

    # Cells

    def weight(self, cell: Cell) -> float:
        """The weight that `cell` now has."""
        return float(self._document.conv.kernel[cell])

    def set_weights(self, cells: Mapping[Cell, float], gesture: Gesture = None) -> bool:
        """Give each cell its value; False where a value cannot be a weight."""
        text = self._counted(self.tr("Set weight"), self.tr("Set {} weights"), cells)
        return self._gestures.take(text, lambda conv: bank.set_weights(conv, cells), gesture)

    def fill(self, cells: Collection[Cell], value: float, gesture: Gesture = None) -> bool:
        """Give all cells the same value."""
        return self.set_weights(dict.fromkeys(cells, value), gesture)

    def enter(self, cells: Collection[Cell], text: str, gesture: Gesture = None) -> bool:
        """Give all cells the number that `text` writes; False where it writes none."""
        value = self._parsed(text)
        return value is not None and self.fill(cells, value, gesture)

    def zero(self, cells: Collection[Cell]) -> bool:
        """Set the cells to zero."""
        text = self._counted(self.tr("Zero weight"), self.tr("Zero {} weights"), cells)
        return self._map_cells(text, cells, lambda value: 0.0)

    def negate_cells(self, cells: Collection[Cell]) -> bool:
        """Turn the cells' signs."""
        text = self._counted(self.tr("Negate weight"), self.tr("Negate {} weights"), cells)
        return self._map_cells(text, cells, lambda value: 0.0 - value)

    def scale_cells(self, cells: Collection[Cell], factor: float, gesture: Gesture = None) -> bool:
        """Multiply the cells by `factor`."""
        text = self._counted(self.tr("Scale weight"), self.tr("Scale {} weights"), cells)
        return self._map_cells(text, cells, lambda value: value * factor, gesture)

    def add(self, cells: Collection[Cell], delta: float, gesture: Gesture = None) -> bool:
        """Add `delta` to what the cells were when the gesture began: a drag that goes on."""
        text = self._counted(self.tr("Drag weight"), self.tr("Drag {} weights"), cells)
        return self._map_cells(text, cells, lambda value: _sum(value, delta), gesture)

    def nudge(self, cells: Collection[Cell], notches: float, gesture: Gesture = None) -> bool:
        """Add so many notches to what the cells are now."""
        text = self._counted(self.tr("Nudge weight"), self.tr("Nudge {} weights"), cells)
        now = self._document.conv
        changed = {cell: _sum(decimal(now.kernel[cell]), notches * NOTCH) for cell in cells}
        return self._gestures.take(text, lambda conv: bank.set_weights(conv, changed), gesture)

    def paste(
        self, text: str, cells: Collection[Cell], *, decimal_comma: bool = False
    ) -> list[Cell]:
        """Paste the numbers that `text` writes at the first of `cells`; the cells they went to."""
        where: list[Cell] = []
        notes: list[str] = []

        def change(conv: Conv2DSpec) -> Conv2DSpec:
            block = parse_block(text, decimal_comma=decimal_comma, notes=notes)
            changed, where[:] = pasted(conv, block, cells)
            return changed

        done = self._gestures.take(self.tr("Paste weights"), change)
        for note in notes if done else ():
            self._document.problem.emit(note)
        return where if done else []

    # Biases

    def set_bias(self, value: float, gesture: Gesture = None) -> bool:
        """Set the bias of every selected kernel."""
        return self._set_biases(self.tr("Set bias"), lambda _conv, _index: value, gesture)

    def enter_bias(self, text: str, gesture: Gesture = None) -> bool:
        """Set the biases to the number that `text` writes; False where it writes none."""
        value = self._parsed(text)
        return value is not None and self.set_bias(value, gesture)

    def add_to_bias(self, delta: float, gesture: Gesture = None) -> bool:
        """Add `delta` to what the biases were when the gesture began."""
        text = self.tr("Drag bias")
        return self._set_biases(text, lambda conv, i: _sum(decimal(conv.bias[i]), delta), gesture)

    def nudge_bias(self, notches: float, gesture: Gesture = None) -> bool:
        """Add so many notches to what the biases are now."""
        text, now, delta = self.tr("Nudge bias"), self._document.conv.bias, notches * NOTCH
        return self._set_biases(text, lambda _conv, i: _sum(decimal(now[i]), delta), gesture)

    # Whole kernels

    @property
    def turns(self) -> bool:
        """Whether the layer lays a kernel on turned by 180°: true convolution."""
        return self._document.conv.flip

    def apply_preset(self, key: str, gesture: Gesture = None, **parameters: float) -> bool:
        """Make the selected kernels the preset `key`; the bank grows where it is too small."""
        try:
            name = presets.find_preset(key).name
            weights = presets.build_preset(key, **parameters)
        except PlaygroundError as error:
            return self._gestures.refuse(error)
        spread = presets.spread(weights, self._document.conv.channels)
        return self._transform(name, lambda kernel: spread, gesture, name=name)

    def randomise(
        self, initializer: str, seed: int, gesture: Gesture = None, **settings: float
    ) -> bool:
        """Draw the selected kernels anew.

        The whole bank is drawn and the selected kernels take their part of it, so a kernel gets
        the same numbers from a seed alone or with others.
        """
        try:
            draw = initializers.get(initializer, **settings)
            drawn = draw(self._gestures.start_of(gesture).kernel.shape, seed)
        except PlaygroundError as error:
            return self._gestures.refuse(error)
        label = next(c.label for c in initializers.CHOICES if c.name == initializer)
        text = self.tr("Random: {}").format(label)
        name = label if initializer in ("zeros", "constant") else self.tr("Random")
        return self._for_each(
            text, lambda conv, i: bank.set_kernel(conv, i, drawn[..., i], name), gesture
        )

    def normalise(self) -> bool:
        """Divide by the sum, so that Σ w = 1."""
        return self._transform(self.tr("Sum to 1"), kernel_ops.normalise)

    def zero_mean(self) -> bool:
        """Subtract the mean, so that Σ w = 0."""
        return self._transform(self.tr("Zero mean"), kernel_ops.zero_mean)

    def scale(self, factor: float, gesture: Gesture = None) -> bool:
        """Multiply every weight by `factor`."""
        text = self.tr("Scale by {}").format(f"{factor:g}") if gesture is None else self.tr("Scale")
        return self._transform(text, lambda kernel: kernel_ops.scale(kernel, factor), gesture)

    def negate(self) -> bool:
        """Turn every sign."""
        return self._transform(self.tr("Negate"), kernel_ops.negate)

    def flip_horizontal(self) -> bool:
        """Exchange left and right."""
        return self._transform(self.tr("Flip left to right"), kernel_ops.flip_horizontal)

    def flip_vertical(self) -> bool:
        """Exchange top and bottom."""
        return self._transform(self.tr("Flip top to bottom"), kernel_ops.flip_vertical)

    def transpose(self) -> bool:
        """Exchange rows and columns."""
        return self._transform(self.tr("Transpose"), kernel_ops.transpose, turns=True)

    def rotate90(self) -> bool:
        """Turn clockwise by a quarter."""
        return self._transform(self.tr("Rotate 90°"), kernel_ops.rotate90, turns=True)

    def rotate45(self) -> bool:
        """Turn clockwise by an eighth."""
        return self._transform(self.tr("Rotate 45°"), turned)

    def resize_bank(self, kh: int, kw: int, gesture: Gesture = None) -> bool:
        """Give all kernels the size kh × kw around their centre."""

        def change(conv: Conv2DSpec) -> Conv2DSpec:
            return bank.with_kernels(conv, kernel_ops.resize_centered(conv.kernel, kh, kw))

        return self._gestures.take(self.tr("Kernel size {} × {}").format(kh, kw), change, gesture)

    # How it is done

    def _targets(self) -> list[int]:
        """The selected kernels."""
        return sorted(
            k for k in self._document.selection.kernels if k < self._document.conv.filters
        )

    def _map_cells(
        self,
        text: str,
        cells: Collection[Cell],
        value: Callable[[float], float],
        gesture: Gesture = None,
    ) -> bool:
        def change(conv: Conv2DSpec) -> Conv2DSpec:
            present = bank.present(conv, cells)
            return bank.set_weights(conv, {c: value(decimal(conv.kernel[c])) for c in present})

        return self._gestures.take(text, change, gesture)

    def _set_biases(
        self, text: str, value: Callable[[Conv2DSpec, int], float], gesture: Gesture
    ) -> bool:
        return self._for_each(text, lambda conv, i: bank.set_bias(conv, i, value(conv, i)), gesture)

    def _for_each(
        self, text: str, edit: Callable[[Conv2DSpec, int], Conv2DSpec], gesture: Gesture
    ) -> bool:
        """Apply `edit` to each of the selected kernels."""
        chosen = self._targets()

        def change(conv: Conv2DSpec) -> Conv2DSpec:
            for index in chosen:
                conv = edit(conv, index)
            return conv

        return self._gestures.take(self._for_kernels(text), change, gesture)

    def _transform(
        self,
        text: str,
        operation: Operation,
        gesture: Gesture = None,
        *,
        name: str = "",
        turns: bool = False,
    ) -> bool:
        chosen = self._targets()
        refused: list[tuple[int, PlaygroundError]] = []

        def change(conv: Conv2DSpec) -> Conv2DSpec:
            return transformed(conv, chosen, operation, name=name, turns=turns, refused=refused)

        done = self._gestures.take(self._for_kernels(text), change, gesture)
        if done and refused:
            names = ", ".join(self._document.conv.names[index] for index, _error in refused)
            sentence = self.tr("Not changed: {}. {}").format(names, refused[0][1])
            self._document.problem.emit(sentence)
        return done

    def _parsed(self, text: str) -> float | None:
        try:
            return read_number(text)
        except PlaygroundError as error:
            self._gestures.refuse(error)
            return None

    def _counted(self, one: str, many: str, cells: Collection[Cell]) -> str:
        return one if len(cells) == 1 else many.format(len(cells))

    def _for_kernels(self, text: str) -> str:
        count = len(self._targets())
        return text if count == 1 else self.tr("{} · {} kernels").format(text, count)


def _sum(number: float, delta: float) -> float:
    """The sum in which 0.01 − 1 · 0.1 · 0.1 is 0: a delta is a whole number of fine notches."""
    return number + round(delta, 6)

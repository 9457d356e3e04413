"""How the bank is edited: in gestures, several kernels at once, and by pasting.

Calls that share a gesture become one entry of undo, and each starts again from where the gesture
began: a drag, a slider and a spin box can go there and back without losing a weight.

All kernels of a bank have one size. Where an operation makes a kernel larger, the whole bank
grows, and every other kernel keeps its centre; where it makes it smaller, the kernel is put in the
middle of the bank's size. The bank takes a turned size only where all its kernels are turned.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import TypeAlias

from playground.core.errors import PlaygroundError
from playground.core.kernels import bank, kernel_ops
from playground.core.kernels.bank import Cell
from playground.core.numbers.number_text import parse_block
from playground.core.specs import Conv2DSpec, FloatArray
from playground.models.state.document import Document

Gesture: TypeAlias = Hashable | None
Change: TypeAlias = Callable[[Conv2DSpec], Conv2DSpec]
Refusal: TypeAlias = tuple[int, PlaygroundError]


class Gestures:
    """Applies pure edits of the selected convolution to the document, each as part of a gesture."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._gesture: Gesture = None
        self._base = self._latest = document.conv

    def take(self, text: str, change: Change, gesture: Gesture = None) -> bool:
        """Apply `change` as an entry called `text`; False where it is refused."""
        base = self.start_of(gesture)
        try:
            changed = change(base)
        except PlaygroundError as error:
            return self.refuse(error)
        self._gesture, self._base = gesture, base
        self._document.change_conv(text, changed, gesture=gesture)
        self._latest = self._document.conv
        return True

    def start_of(self, gesture: Gesture) -> Conv2DSpec:
        """The bank that an edit in `gesture` starts from."""
        return self._base if self._goes_on(gesture) else self._document.conv

    def cancel(self, gesture: Gesture) -> None:
        """Put back what was there when `gesture` began, and leave no entry behind."""
        if self._goes_on(gesture):
            self._document.change_conv("", self._base, gesture=gesture)
        self._gesture = None

    def refuse(self, error: PlaygroundError) -> bool:
        """Tell the user why not."""
        self._document.problem.emit(str(error))
        return False

    def _goes_on(self, gesture: Gesture) -> bool:
        """Whether `gesture` has begun and nothing else has changed the bank since."""
        same = gesture is not None and gesture == self._gesture
        return same and self._document.conv is self._latest


def transformed(
    conv: Conv2DSpec,
    chosen: Sequence[int],
    operation: Callable[[FloatArray], FloatArray],
    *,
    name: str = "",
    turns: bool = False,
    refused: list[Refusal] | None = None,
) -> Conv2DSpec:
    """A copy in which `operation` has been applied to the kernels `chosen`.

    `name` renames them; `turns` says that the operation exchanges height and width. Kernels the
    operation refuses stay as they are and are noted in `refused`; where it refuses all of them
    its PlaygroundError is raised.
    """
    results, refusals = _results(conv, chosen, operation)
    if refused is not None:
        refused[:] = refusals
    kh, kw = _common_size(conv, results.values(), all_turned=turns and len(results) == conv.filters)
    kernel = kernel_ops.resize_centered(conv.kernel, kh, kw)
    for index, result in results.items():
        kernel[..., index] = kernel_ops.resize_centered(result, kh, kw)
    changed = bank.with_kernels(conv, kernel)
    if name:
        for index in results:
            changed = bank.rename(changed, index, name)
    return changed


def turned(kernel: FloatArray) -> FloatArray:
    """The kernel turned clockwise by 45°; one of odd, unequal sides is first made square."""
    kh, kw = kernel.shape[:2]
    if kh != kw and kh % 2 == kw % 2 == 1:
        kernel = kernel_ops.resize_centered(kernel, max(kh, kw), max(kh, kw))
    return kernel_ops.rotate45(kernel)


def _results(
    conv: Conv2DSpec, chosen: Sequence[int], operation: Callable[[FloatArray], FloatArray]
) -> tuple[dict[int, FloatArray], list[Refusal]]:
    results: dict[int, FloatArray] = {}
    refusals: list[Refusal] = []
    for index in chosen:
        try:
            results[index] = operation(conv.kernel[..., index])
        except PlaygroundError as error:
            refusals.append((index, error))
    if refusals and not results:
        raise refusals[0][1]
    return results, refusals


def _common_size(conv: Conv2DSpec, results: object, *, all_turned: bool) -> tuple[int, int]:
    sizes = [] if all_turned else [conv.kernel_size]
    sizes += [result.shape[:2] for result in results]  # type: ignore[attr-defined]
    return max(kh for kh, _kw in sizes), max(kw for _kh, kw in sizes)


def writes_numbers(text: str) -> bool:
    """Whether a text that may be anything is a table of numbers."""
    try:
        return parse_block(text).size > 0
    except PlaygroundError:
        return False


def pasted(
    conv: Conv2DSpec, block: FloatArray, cells: Collection[Cell]
) -> tuple[Conv2DSpec, list[Cell]]:
    """The bank with `block` (rows, columns) pasted at the first of `cells`, and where it went.

    A lone number fills all of `cells`. A block goes to the cell it is pasted at, and is moved up
    and left where it would stick out, so that no number is lost. A block larger than the kernel
    makes the bank grow, every kernel around its centre, and takes the middle.

    Raises PlaygroundError where the block is larger than a kernel can be.
    """
    top, left, channel, kernel = min(cells)
    if block.size == 1:
        value = float(block[0, 0])
        return bank.set_weights(conv, dict.fromkeys(cells, value)), list(cells)
    rows, columns = block.shape
    kh, kw = conv.kernel_size
    if rows > kh or columns > kw:
        kh, kw = max(kh, rows), max(kw, columns)
        conv = bank.with_kernels(conv, kernel_ops.resize_centered(conv.kernel, kh, kw))
        top, left = (kh - 1) // 2 - (rows - 1) // 2, (kw - 1) // 2 - (columns - 1) // 2
    top, left = min(top, kh - rows), min(left, kw - columns)
    values = {
        (top + row, left + column, channel, kernel): float(block[row, column])
        for row in range(rows)
        for column in range(columns)
    }
    return bank.set_weights(conv, values), list(values)

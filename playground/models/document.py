"""The one document: the picture and the network, changed only through named, undoable operations.

The state is a frozen snapshot; an operation makes the next one and pushes it on the undo stack.
Undoing puts the earlier snapshot back, so an undone document *is* what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from playground.core.picture import Picture
from playground.core.specs import BlockSpec, Conv2DSpec, NetworkSpec
from playground.models.selection import Selection

UNDO_LIMIT = 2000


@dataclass(frozen=True)
class DocumentState:
    """Everything an undo brings back."""

    picture: Picture | None
    network: NetworkSpec


@dataclass(frozen=True)
class NetworkChange:
    """What a network was and what it is now."""

    before: NetworkSpec
    after: NetworkSpec


class Document(QObject):
    """Owns the picture, the network, the selection and the undo stack."""

    picture_changed = Signal(object)
    """The new Picture, or None."""
    network_changed = Signal(object)
    """A NetworkChange."""
    problem = Signal(str)
    """One sentence for the user: what could not be done, and why."""

    def __init__(self, state: DocumentState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.selection = Selection(self)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self._gestures = 0

    @property
    def state(self) -> DocumentState:
        """The present snapshot."""
        return self._state

    @property
    def picture(self) -> Picture | None:
        """The network's input."""
        return self._state.picture

    @property
    def network(self) -> NetworkSpec:
        """The layers."""
        return self._state.network

    @property
    def conv(self) -> Conv2DSpec:
        """The selected convolution."""
        return self.network.conv(self.selection.layer)

    @property
    def block(self) -> BlockSpec:
        """The selected convolution with its activation and pooling."""
        return self.network.block(self.selection.layer)

    def new_gesture(self) -> int:
        """A token: operations that are given the same one become one undo step."""
        self._gestures += 1
        return self._gestures

    def change_picture(
        self, text: str, picture: Picture, conv: Conv2DSpec, *, gesture: Hashable | None = None
    ) -> None:
        """Put in `picture` and the bank `conv` that fits its channels, as one step."""
        network = self.network.with_layer(0, conv)
        self._push(text, DocumentState(picture, network), gesture, None)

    def change_conv(
        self,
        text: str,
        conv: Conv2DSpec,
        *,
        gesture: Hashable | None = None,
        focus: int | None = None,
    ) -> None:
        """Replace the selected convolution; `focus` is the kernel to select with it."""
        network = self.network.with_layer(self.selection.layer, conv)
        self._push(text, replace(self._state, network=network), gesture, focus)

    def change_block(self, text: str, block: BlockSpec, *, gesture: Hashable | None = None) -> None:
        """Replace the selected convolution with its activation and pooling."""
        network = self.network.with_block(self.selection.layer, block)
        self._push(text, replace(self._state, network=network), gesture, None)

    def change_network(
        self, text: str, network: NetworkSpec, *, gesture: Hashable | None = None
    ) -> None:
        """Replace all layers."""
        self._push(text, replace(self._state, network=network), gesture, None)

    def change_all(self, text: str, picture: Picture, network: NetworkSpec) -> None:
        """Put in a picture and all layers, as one step."""
        self._push(text, DocumentState(picture, network), None, None)

    def _push(
        self, text: str, state: DocumentState, gesture: Hashable | None, focus: int | None
    ) -> None:
        if state.picture is self._state.picture and state.network == self._state.network:
            if focus is not None:
                self.selection.set_kernel(focus)
            return
        kernel = self.selection.kernel
        step = _Step(text, self._state, state, gesture, kernel, kernel if focus is None else focus)
        self.undo_stack.push(_ChangeCommand(self._restore, step))

    def _restore(self, state: DocumentState, focus: int) -> None:
        before, self._state = self._state, state
        self._keep_layer()
        bank = self.conv
        filters = bank.filters
        self.selection.clamp(filters, bank.channels, bank.kernel_size)
        if state.picture is not before.picture:
            self.picture_changed.emit(state.picture)
        if state.network is not before.network:
            self.network_changed.emit(NetworkChange(before.network, state.network))
        if focus != self.selection.kernel and focus < filters:
            self.selection.set_kernel(focus)

    def _keep_layer(self) -> None:
        """Select a convolution that exists: the nearest before the one that was selected."""
        convs, layer = self.network.convs, self.selection.layer
        if layer not in convs:
            self.selection.set_layer(max((c for c in convs if c <= layer), default=convs[0]))


@dataclass(frozen=True)
class _Step:
    text: str
    before: DocumentState
    after: DocumentState
    gesture: Hashable | None
    focus_before: int
    focus_after: int


class _ChangeCommand(QUndoCommand):
    """One named step between two snapshots."""

    def __init__(self, restore: Callable[[DocumentState, int], None], step: _Step) -> None:
        super().__init__(step.text)
        self._restore = restore
        self.step = step

    def id(self) -> int:
        return -1 if self.step.gesture is None else 1

    def redo(self) -> None:
        self._restore(self.step.after, self.step.focus_after)

    def undo(self) -> None:
        self._restore(self.step.before, self.step.focus_before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _ChangeCommand) or other.step.gesture != self.step.gesture:
            return False
        self.step = replace(self.step, after=other.step.after, focus_after=other.step.focus_after)
        # A drag that ends where it began leaves no step behind.
        self.setObsolete(self.step.after == self.step.before)
        return True

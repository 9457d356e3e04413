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
from playground.core.specs import BlockSpec, Conv2DSpec, LayerSpec, NetworkSpec
from playground.models.guard import Guarded
from playground.models.selection import Selection

UNDO_LIMIT = 2000


@dataclass(frozen=True)
class DocumentState:
    """Everything an undo brings back.

    Picture and kernels belong together: a state whose first convolution looks at another number
    of channels than the picture has is refused with a ValueError, wherever it comes from.
    """

    picture: Picture | None
    network: NetworkSpec

    def __post_init__(self) -> None:
        picture, channels = self.picture, self.network.first_conv.channels
        if picture is not None and picture.channels != channels:
            raise ValueError(
                f"kernels for {channels} channels and a picture of {picture.channels} "
                "do not belong together"
            )


@dataclass(frozen=True)
class NetworkChange:
    """What a network was and what it is now."""

    before: NetworkSpec
    after: NetworkSpec

    def blocks(self, layer: int) -> tuple[BlockSpec | None, BlockSpec]:
        """The block at `layer` before, None where no convolution stood there, and after."""
        was = self.before.block(layer) if layer in self.before.convs else None
        return was, self.after.block(layer)

    def same_input(self, layer: int) -> bool:
        """Whether what is computed before `layer` has stayed: the same layers and weights."""
        before, after = self.before.layers[:layer], self.after.layers[:layer]
        return len(before) == len(after) and all(
            old is new or old == new for old, new in zip(before, after, strict=True)
        )


class Document(Guarded, QObject):
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
        self.selection.set_layer(state.network.convs[0])
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self._gestures = 0
        # Before anybody else hears of another layer, the selection fits it.
        self.selection.layer_changed.connect(self._clamp)

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

    @property
    def layers_before(self) -> tuple[LayerSpec, ...]:
        """The layers between the picture and the selected convolution."""
        return self.network.layers[: self.selection.layer]

    def new_gesture(self) -> int:
        """A token: operations that are given the same one become one undo step."""
        self._gestures += 1
        return self._gestures

    def change_picture(
        self, text: str, picture: Picture, conv: Conv2DSpec, *, gesture: Hashable | None = None
    ) -> None:
        """Put in `picture` and the bank `conv` that fits its channels, as one step."""
        network = self.network.with_layer(self.network.convs[0], conv)
        self._push(text, DocumentState(picture, network), gesture)

    def change_conv(
        self,
        text: str,
        conv: Conv2DSpec,
        *,
        gesture: Hashable | None = None,
        focus: int | None = None,
    ) -> None:
        """Replace the selected convolution; `focus` is the kernel to select with it."""
        layer = self.selection.layer
        network = self.network.with_layer(layer, conv)
        self._push(text, replace(self._state, network=network), gesture, layer, focus)

    def change_block(self, text: str, block: BlockSpec, *, gesture: Hashable | None = None) -> None:
        """Replace the selected convolution with its activation and pooling."""
        layer = self.selection.layer
        network = self.network.with_block(layer, block)
        self._push(text, replace(self._state, network=network), gesture, layer)

    def change_network(
        self,
        text: str,
        network: NetworkSpec,
        *,
        gesture: Hashable | None = None,
        layer: int | None = None,
        focus: int | None = None,
    ) -> None:
        """Replace all layers; `layer` is the convolution, `focus` its kernel, to select with it."""
        self._push(text, replace(self._state, network=network), gesture, layer, focus)

    def change_all(
        self,
        text: str,
        picture: Picture | None,
        network: NetworkSpec,
        *,
        layer: int | None = None,
    ) -> None:
        """Put in a picture and all layers, as one step; `layer` is the convolution to select."""
        self._push(text, DocumentState(picture, network), None, layer)

    def _push(
        self,
        text: str,
        state: DocumentState,
        gesture: Hashable | None,
        layer: int | None = None,
        focus: int | None = None,
    ) -> None:
        selection = self.selection
        if state.picture is self._state.picture and state.network == self._state.network:
            if focus is not None:
                selection.set_kernel(focus)
            return
        kernel = selection.kernel
        leads = layer is not None
        before = _Focus(selection.layer, kernel, leads)
        after = _Focus(
            selection.layer if layer is None else layer, kernel if focus is None else focus, leads
        )
        step = _Step(text, self._state, state, gesture, before, after)
        if not self._merge(step):
            self.undo_stack.push(_ChangeCommand(self._restore, step))

    def _merge(self, step: _Step) -> bool:
        """Let the newest step go on to where `step` leads, where both are of one gesture.

        Qt can merge commands too, but PySide never lets go of one that has been merged away: an
        hour of training would keep a hundred thousand networks.
        """
        stack = self.undo_stack
        newest = stack.command(stack.index() - 1) if stack.index() and not stack.canRedo() else None
        if not isinstance(newest, _ChangeCommand) or not newest.takes_in(step):
            return False
        self._restore(step.after, step.focus_after)
        if newest.isObsolete():
            stack.undo()  # which undoes nothing, and removes it
        return True

    def _restore(self, state: DocumentState, focus: _Focus) -> None:
        before, self._state = self._state, state
        self._keep_layer(focus.layer if focus.leads else self.selection.layer)
        self._clamp()
        if state.picture is not before.picture:
            self.picture_changed.emit(state.picture)
        if state.network is not before.network:
            self.network_changed.emit(NetworkChange(before.network, state.network))
        mine = focus.layer == self.selection.layer
        if mine and focus.kernel != self.selection.kernel and focus.kernel < self.conv.filters:
            self.selection.set_kernel(focus.kernel)

    def _keep_layer(self, layer: int) -> None:
        """Select the convolution `layer`, or the nearest one before it."""
        convs = self.network.convs
        self.selection.set_layer(max((c for c in convs if c <= layer), default=convs[0]))

    def _clamp(self) -> None:
        bank = self.conv
        self.selection.clamp(bank.filters, bank.channels, bank.kernel_size)


@dataclass(frozen=True)
class _Focus:
    """What is selected before or behind a step."""

    layer: int
    kernel: int
    leads: bool
    """Whether another layer is left for this one, because this one is what the step is about."""


@dataclass(frozen=True)
class _Step:
    text: str
    before: DocumentState
    after: DocumentState
    gesture: Hashable | None
    focus_before: _Focus
    focus_after: _Focus


class _ChangeCommand(Guarded, QUndoCommand):
    """One named step between two snapshots."""

    def __init__(self, restore: Callable[[DocumentState, _Focus], None], step: _Step) -> None:
        super().__init__(step.text)
        self._restore = restore
        self.step = step

    def redo(self) -> None:
        self._restore(self.step.after, self.step.focus_after)

    def undo(self) -> None:
        self._restore(self.step.before, self.step.focus_before)

    def takes_in(self, step: _Step) -> bool:
        """Go on to where `step`, of the same gesture, leads; False where it is of another."""
        if step.gesture is None or step.gesture != self.step.gesture:
            return False
        self.step = replace(self.step, after=step.after, focus_after=step.focus_after)
        # A drag that ends where it began leaves no step behind.
        self.setObsolete(self.step.after == self.step.before)
        return True

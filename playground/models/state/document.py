"""The one document: a session, changed only through named, undoable operations, and what is shown.

The session is a frozen value; an operation makes the next one and pushes it on the undo stack.
Undoing puts the earlier one back, so an undone document *is* what it was.

What is shown is the session's own network, or a frame of a run over it. What a run under way has
learned becomes a step of its own as soon as anything else is done: at a pause, an edit, an undo.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from playground.core.building import same_outline, weights_of
from playground.core.picture import Picture
from playground.core.run import RunStep
from playground.core.session.ids import identified, surviving
from playground.core.session.session import Session
from playground.core.specs import BlockSpec, Conv2DSpec, LayerSpec, NetworkSpec
from playground.core.weight_edit import WeightEdit
from playground.models.guard import Guarded
from playground.models.selection import Selection
from playground.models.state.runs import Runs
from playground.models.state.shown import Live, Own, Replay, Shown, is_frame_of
from playground.models.state.undo import Focus, Step, UndoStack


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
    """Owns the session, what is shown of it, the selection and the undo stack."""

    picture_changed = Signal(object)
    """The new Picture, or None."""
    network_changed = Signal(object)
    """A NetworkChange, of the network that is shown."""
    task_changed = Signal(object)
    """The Task, or None."""
    setup_changed = Signal(object)
    """The TrainingSetup."""
    frozen_changed = Signal()
    shown_changed = Signal(object)
    """The Shown; after the signals about its parts."""
    edited = Signal(int, object)
    """A revision and the WeightEdit that leads to it, for the run that is shown live."""
    problem = Signal(str)
    """One sentence for the user: what could not be done, and why."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next_id = 1
        session = replace(session, network=self.identified(session.network))
        self._session = session
        self._shown: Shown = Own(session)
        self.runs = Runs(self)
        self.revision = 0
        """Changes by hand that runs were given so far."""
        self.last_edit = 0
        """The revision of the last one that changed a weight."""
        self.selection = Selection(self)
        self.selection.set_layer(session.network.convs[0])
        self.undo_stack = UndoStack(self.settle, self._restore, self)
        self._gestures = 0
        # Before anybody else hears of another layer, the selection fits it.
        self.selection.layer_changed.connect(self._clamp)

    @property
    def session(self) -> Session:
        """What an undo brings back; a run under way is ahead of it."""
        return self._session

    @property
    def shown(self) -> Shown:
        """From where everything on screen takes its weights."""
        return self._shown

    @property
    def picture(self) -> Picture | None:
        """The network's input."""
        return self._session.picture

    @property
    def network(self) -> NetworkSpec:
        """The layers, with the weights that are shown."""
        return self._shown.network

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

    def identified(self, network: NetworkSpec) -> NetworkSpec:
        """`network` with a lasting id for everything that has none."""
        network, self._next_id = identified(network, self._next_id)
        return network

    def new_gesture(self) -> int:
        """A token: operations that are given the same one become one undo step."""
        self._gestures += 1
        return self._gestures

    def change_picture(
        self, text: str, picture: Picture, conv: Conv2DSpec, *, gesture: Hashable | None = None
    ) -> None:
        """Put in `picture` and the bank `conv` that fits its channels, as one step."""
        network = self.network.with_layer(self.network.convs[0], conv)
        self.change(text, gesture=gesture, picture=picture, network=network, own=None)

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
        self.change(text, gesture=gesture, layer=layer, focus=focus, network=network)

    def change_block(self, text: str, block: BlockSpec, *, gesture: Hashable | None = None) -> None:
        """Replace the selected convolution with its activation and pooling."""
        layer = self.selection.layer
        network = self.network.with_block(layer, block)
        self.change(text, gesture=gesture, layer=layer, network=network)

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
        self.change(text, gesture=gesture, layer=layer, focus=focus, network=network)

    def change(
        self,
        text: str,
        *,
        gesture: Hashable | None = None,
        layer: int | None = None,
        focus: int | None = None,
        **parts: Any,
    ) -> None:
        """Put in other parts of the session, as one step; none where they are what they were."""
        if not self.undo_stack.goes_on(gesture):
            self.settle()
        before = self._session
        parts.setdefault("network", self.network)
        stays = same_outline(self.network, parts["network"])
        parts.setdefault("place", self._place() if stays else None)
        parts["network"] = self.identified(parts["network"])
        parts["frozen"] = surviving(parts["network"], parts.get("frozen", before.frozen))
        after = replace(before, **parts)
        selection = self.selection
        if isinstance(self._shown, Live | Own) and replace(after, place=before.place) == before:
            if focus is not None:
                selection.set_kernel(focus)
            return
        kernel, leads = selection.kernel, layer is not None
        was = Focus(selection.layer, kernel, leads)
        becomes = Focus(
            selection.layer if layer is None else layer, kernel if focus is None else focus, leads
        )
        run, edit = self._taken_in(after)
        self._put(after, Own(after) if run is None else run, becomes)
        self.undo_stack.note(Step(text, before, after, gesture, was, becomes))
        if edit is not None:
            self.edited.emit(*edit)

    def show(self, shown: Shown) -> None:
        """Show a frame of a run, or the session's own weights; the session stays."""
        before, self._shown = self._shown, shown
        if shown.network is not before.network:
            self.network_changed.emit(NetworkChange(before.network, shown.network))
        self.shown_changed.emit(shown)

    def show_session(self) -> None:
        """Show the session's weights: as a frame of a run where they are one."""
        self.show(self._belonging_to(self._session))

    def settle(self) -> None:
        """Make a step of what the run that is shown has learned since the last one."""
        shown = self._shown
        if isinstance(shown, Live) and shown.network != self._session.network:
            after = replace(self._session, network=shown.network, place=shown.place)
            here = Focus(self.selection.layer, self.selection.kernel, False)
            step = Step(self.tr("Training"), self._session, after, None, here, here)
            self._session = after
            self.undo_stack.note(step)

    def next_revision(self) -> int:
        """The number of a change by hand for the run that is shown live."""
        self.revision += 1
        return self.revision

    def _place(self) -> RunStep | None:
        """The frame that the weights which are shown come from, or went out from."""
        shown = self._shown
        return self._session.place if isinstance(shown, Own) else shown.place

    def _taken_in(self, after: Session) -> tuple[Live | None, tuple[int, WeightEdit] | None]:
        """The live run with a step taken in, where it can be, and the edit that leads there."""
        shown = self._shown
        if (
            not isinstance(shown, Live)
            or after.place is None
            or after.task is not shown.run.task
            or not same_outline(shown.network, after.network)
        ):
            return None, None
        edit = WeightEdit.between(weights_of(shown.network), weights_of(after.network))
        if not len(edit):
            return Live(after, shown.run, shown.frame, shown.pending), None
        self.last_edit = self.next_revision()
        numbered = self.last_edit, edit
        return Live(after, shown.run, shown.frame, (*shown.pending, numbered)), numbered

    def _belonging_to(self, session: Session) -> Shown:
        """What is shown of a session that is put back: the frame whose weights it has."""
        place = session.place
        run = None if place is None else self.runs.get(place.run)
        if place is None or run is None or run.task is not session.task:
            return Own(session)
        if is_frame_of(run, run.newest, session.network) and run.goes_on_with(session):
            return Live(session, run, run.newest)
        frame = run.frame(place.step)
        if frame is not None and is_frame_of(run, frame, session.network):
            return Replay(session, run, frame)
        return Own(session)

    def _restore(self, session: Session, focus: Focus) -> None:
        """Put `session` back, as undo and redo do."""
        self._put(session, self._belonging_to(session), focus)

    def _put(self, session: Session, shown: Shown, focus: Focus) -> None:
        before, was = self._session, self._shown
        self._session, self._shown = session, shown
        self._keep_layer(focus.layer if focus.leads else self.selection.layer)
        self._clamp()
        if session.picture is not before.picture:
            self.picture_changed.emit(session.picture)
        if shown.network is not was.network:
            self.network_changed.emit(NetworkChange(was.network, shown.network))
        if session.task is not before.task:
            self.task_changed.emit(session.task)
        if session.setup != before.setup:
            self.setup_changed.emit(session.setup)
        if session.frozen != before.frozen:
            self.frozen_changed.emit()
        self.shown_changed.emit(self._shown)
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

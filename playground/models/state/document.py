"""The one document: a session, changed only through named, undoable operations, and what is shown.

The session is a frozen value; an operation makes the next one and pushes it on the undo stack.
Undoing puts the earlier one back, so an undone document *is* what it was.

What is shown is the session's own network, or a frame of a run over it. What a run under way has
learned becomes an entry of its own as soon as anything else is done: at a pause, an edit, an undo.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from playground.core.pictures.picture import Picture
from playground.core.runs.frames import Frame
from playground.core.runs.run import RunStep
from playground.core.session.ids import identified, same_layout, surviving
from playground.core.session.session import Session
from playground.core.specs import BlockSpec, Conv2DSpec, LayerSpec, NetworkSpec
from playground.models.guard import Guarded
from playground.models.state.selection import Selection
from playground.models.state.shown import Live, Own, Shown, shown_of
from playground.models.state.stretches import Stretches
from playground.models.state.training_run import Runs
from playground.models.state.undo import Entry, Focus, UndoStack


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
        self.runs = Runs(self._named_runs, self)
        self.revision = 0
        """Changes by hand that runs were given so far."""
        self.last_edit = 0
        """The revision of the last one that changed a weight."""
        self.selection = Selection(self)
        self.selection.set_layer(session.network.convs[0])
        self.undo_stack = UndoStack(self.settle, self._restore, self)
        self.stretches = Stretches(self)
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
        """A token: operations that are given the same one become one undo entry."""
        self._gestures += 1
        return self._gestures

    def change_picture(
        self, text: str, picture: Picture, conv: Conv2DSpec, *, gesture: Hashable | None = None
    ) -> None:
        """Put in `picture` and the bank `conv` that fits its channels, as one entry."""
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
        """Put in other parts of the session, as one entry; none where they are what they were."""
        if not self.undo_stack.goes_on(gesture):
            self.settle()
        before = self._session
        parts.setdefault("network", self.network)
        parts["network"] = self.identified(parts["network"])
        if "place" not in parts:
            stays = same_layout(self.network, parts["network"])
            parts["place"], parts["pinned"] = self._origin() if stays else (None, None)
        parts["frozen"] = surviving(parts["network"], parts.get("frozen", before.frozen))
        selection = self.selection
        if isinstance(self._shown, Live | Own) and before.has(parts):
            if focus is not None:
                selection.set_kernel(focus)
            return
        after = replace(before, **parts)
        kernel, leads = selection.kernel, layer is not None
        was = Focus(selection.layer, kernel, leads)
        becomes = Focus(
            selection.layer if layer is None else layer, kernel if focus is None else focus, leads
        )
        shown, live = self._shown, None
        if isinstance(shown, Live):
            live = shown.under(after, self.next_revision())
            if live is not None and live.pending is not shown.pending:
                self.last_edit = self.revision
        self.put(after, live or Own(after), becomes)
        self.undo_stack.note(Entry(text, before, after, gesture, was, becomes))
        if isinstance(shown, Live) and live is not None:
            for edit in live.pending[len(shown.pending) :]:
                self.edited.emit(*edit)

    def show(self, shown: Shown) -> None:
        """Show a frame of a run, or the session's own weights; the session stays."""
        before = self._shown
        self._take_as_shown(shown)
        if shown.network is not before.network:
            self.network_changed.emit(NetworkChange(before.network, shown.network))
        self.shown_changed.emit(shown)

    def show_session(self) -> None:
        """Show the session's weights: as a frame of a run where they are one."""
        self.show(self.shown_of(self._session))

    def settle(self) -> None:
        """Make an entry of what the run that is shown has learned since the last one."""
        self.stretches.settle()

    def lead_on(self, entry: Entry) -> None:
        """Take in an entry that a run has made; it is shown already."""
        self._session = entry.after
        self.undo_stack.note(entry)

    def next_revision(self) -> int:
        """The number of a change by hand for the run that is shown live."""
        self.revision += 1
        return self.revision

    def _origin(self) -> tuple[RunStep | None, Frame | None]:
        """The frame that the weights which are shown come from, or went out from."""
        shown, session = self._shown, self._session
        if isinstance(shown, Own):
            return session.place, session.pinned
        return shown.place, shown.frame

    def _named_runs(self) -> set[int]:
        """The numbers of all runs that a session names."""
        sessions = (self._session, *self.undo_stack.sessions)
        return {session.place.run for session in sessions if session.place is not None}

    def shown_of(self, session: Session) -> Shown:
        """What is shown of a session that is put back."""
        place = session.place
        return shown_of(session, None if place is None else self.runs.get(place.run))

    def _take_as_shown(self, shown: Shown) -> None:
        self._shown = shown
        if isinstance(shown, Live) and shown.run.goes_on_with(shown.session):
            shown.run.reached = shown.session

    def _restore(self, session: Session, focus: Focus) -> None:
        """Put `session` back, as undo and redo do."""
        self.put(session, self.shown_of(session), focus)

    def put(self, session: Session, shown: Shown, focus: Focus) -> None:
        """Have another session in place of this one, and show this of it; that is no entry."""
        before, was = self._session, self._shown
        self._session = session
        self._take_as_shown(shown)
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

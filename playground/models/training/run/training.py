"""Training as the window works it: a task chosen, set up, played, paused and begun again.

The document owns what is learned and how; here are the operations that change it.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from playground.core.claims import Claim
from playground.core.errors import PlaygroundError
from playground.core.network.building import initialized
from playground.core.pictures.picture import Picture
from playground.core.runs.frames import Frame
from playground.core.runs.run import Curves, EndKind, RunStep
from playground.core.session.session import Transfer
from playground.core.specs import NetworkSpec
from playground.core.tasks import Task
from playground.core.tasks.copy_filter import FOUND
from playground.core.training.training_setup import TrainingSetup
from playground.models.state.document import Document
from playground.models.state.shown import Live, Own
from playground.models.training.run.freezing import Freezing
from playground.models.training.run.run_client import RunClient
from playground.models.training.tasks.own_kernels import set_aside_for_task
from playground.models.training.tasks.task_choice import TaskChoice
from playground.models.training.tasks.task_making import Made, TaskMaking
from playground.models.training.tasks.task_picture import picture_for
from playground.models.words.claim_words import claim_text
from playground.models.words.local_numbers import read_number


class Training(RunClient):
    """What can be done about training; each change of what is learned, or how, can be undone."""

    pace_changed = Signal(object)
    """Steps a second, or None for as many as there can be."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(document, parent)
        self._pace_of, self._pace_taken = "", self.pace
        """The kind of task whose pace was taken last, and that pace: one learned again keeps what
        was set in place of it."""
        self.freezing = Freezing(document, self)
        self.making = TaskMaking(self)
        self.making.made.connect(self._take_task)
        self.making.failed.connect(document.problem)
        self.task_changed, self.setup_changed = document.task_changed, document.setup_changed
        self.shown_changed = document.shown_changed

    @property
    def task(self) -> Task | None:
        """What is learned."""
        return self._document.session.task

    @property
    def setup(self) -> TrainingSetup:
        """How it is learned."""
        return self._document.session.setup

    @property
    def transfer(self) -> Transfer | None:
        """Whose kernels the task was begun with, where they were not random."""
        return self._document.session.transfer

    @property
    def network(self) -> NetworkSpec:
        """The document's."""
        return self._document.network

    @property
    def frame(self) -> Frame | None:
        """The frame that is shown."""
        shown = self._document.shown
        return None if isinstance(shown, Own) else shown.frame

    @property
    def goes_on(self) -> bool:
        """Whether a run is shown that is not replayed, and has not come to its end."""
        live = isinstance(self._document.shown, Live)
        return live and self.end not in ("found", "finished")

    @property
    def end(self) -> EndKind | None:
        """How the run that is shown came to rest at the frame that is shown."""
        shown = self._document.shown
        return None if isinstance(shown, Own) else shown.end

    @property
    def ending(self) -> str:
        """What the run that is shown has come to, in a sentence, where it has reached its end."""
        run, frame, end = self.run, self.frame, self.end
        if run is None or frame is None or end not in ("found", "finished"):
            return ""
        numbers = (frame.step, FOUND) if end == "found" else (run.setup.epochs,)
        return claim_text(Claim(end, numbers, frame.step))

    @property
    def fault(self) -> str:
        """Why the run that is shown stopped by itself here, in a sentence, or nothing."""
        run = self.run
        broken = run is not None and self.end in ("diverged", "stopped")
        return run.rest.reason if broken and run is not None and run.rest is not None else ""

    @property
    def changed_by_hand(self) -> bool:
        """Whether the weights shown may differ from those that were measured at their step."""
        shown = self._document.shown
        if isinstance(shown, Own):
            return False
        pending = isinstance(shown, Live) and bool(shown.pending)
        return pending or shown.run.changed_at(shown.step)

    @property
    def origin(self) -> RunStep | None:
        """The frame that the session's weights come from, or went out from."""
        return self._document.session.place

    @property
    def curves(self) -> Curves:
        """Those of the run that is shown; empty where there is none."""
        run = self.run
        return Curves() if run is None else run.curves

    @property
    def goal(self) -> int:
        """The step at which all epochs are done; 0 without a task."""
        if self.task is None:
            return 0
        return self.setup.epochs * self.task.steps_per_epoch(self.setup.batch_size)

    def choose(self, choice: TaskChoice) -> None:
        """Make a task ready; then the document gets it, with its network, as one entry of undo."""
        self.making.submit(choice, self._document.session.clean)

    def take_picture(self, text: str, picture: Picture, gesture: Hashable = None) -> bool:
        """Make the present task anew from `picture`; both change together, as one entry of undo.

        False where there is no task that is made from a picture.
        """
        recipe = self._document.session.recipe
        if not isinstance(recipe, TaskChoice) or not recipe.needs_picture:
            return False
        self.making.submit(recipe, picture, text, gesture)
        return True

    def play(self) -> None:
        """Train until all epochs are done; a finished run goes on for as many again.

        Where the hidden kernel is found already there is little to see: it goes on for one epoch.
        """
        found = self.end == "found"
        if (run := self.ready_to_go()) is None:
            return
        if found:
            self.go(run.steps + run.task.steps_per_epoch(run.setup.batch_size), self.pace)
        else:
            self.go(self.goal if run.steps < self.goal else run.steps + self.goal, self.pace)

    def toggle(self) -> None:
        """Play or pause."""
        if self.running:
            self.pause()
        else:
            self.play()

    def step_once(self) -> None:
        """Learn from one batch."""
        if (run := self.ready_to_go()) is not None:
            self.go(run.steps + 1, None)

    def epoch_once(self) -> None:
        """Learn until every example was seen once more."""
        if (run := self.ready_to_go()) is not None:
            each = run.task.steps_per_epoch(run.setup.batch_size)
            self.go((run.steps // each + 1) * each, self.pace)

    def reset(self, *, new_seed: bool = False, at_random: bool = False) -> None:
        """Start again from fresh weights: the same ones, or those of the next seed.

        Kept kernels are put back as they came; `at_random` draws them too, and lets all learn.
        """
        document, task = self._document, self.task
        if task is None:
            return
        session, shape = document.session, task.inputs.shape[1:]
        setup = replace(session.setup, seed=session.setup.seed + 1) if new_seed else session.setup
        transfer = None if at_random else session.transfer
        try:
            fresh = initialized(document.network, setup.initializer, setup.seed, shape)
            fresh = fresh if transfer is None else transfer.put_back(fresh)
        except PlaygroundError as error:
            self.halted.emit(str(error))
            return
        parts: dict[str, Any] = {"frozen": frozenset()} if at_random else {}
        picture = session.picture
        if picture is not None and picture.channels != fresh.first_conv.channels:
            parts |= {"picture": picture_for(task, picture), "own": session.clean}
        text = self.tr("Fresh weights, seed {}").format(setup.seed)
        document.change(text, network=fresh, setup=setup, transfer=transfer, place=None, **parts)
        self.begin()

    def change_setup(self, **changes: Any) -> None:
        """Change some of the setup, as one entry; what can be changed at once goes into the run."""
        try:
            setup = replace(self.setup, **changes)
        except PlaygroundError as error:
            self._document.problem.emit(str(error))
            return
        gesture = ("setup", *sorted(changes))
        self._document.change(self.tr("Training setup"), gesture=gesture, setup=setup)

    def set_pace(self, pace: float | None) -> None:
        """Step so fast, or as fast as can be; nothing to undo."""
        if pace != self.pace:
            super().set_pace(pace)
            self.pace_changed.emit(pace)

    def type_rate(self, text: str) -> None:
        """Take a learning rate as it was typed."""
        try:
            self.change_setup(learning_rate=read_number(text))
        except PlaygroundError as error:
            self._document.problem.emit(str(error))

    def close(self) -> None:
        """End both threads; what they still had to say is not heard."""
        super().close()
        self.making.close()

    def _take_task(self, made: Made) -> None:
        """Put in a task that is ready, with its network and its picture, as one entry of undo."""
        if self._closed:
            return
        if not made.new_picture and made.picture is not self._document.session.clean:
            self.choose(made.recipe)  # another picture came in the meantime
            return
        task, clean, shown = made.task, made.picture, made.shown
        network, kept = self._document.identified(task.network), made.transfer
        frozen = {(network.layers[at].layer_id,) for at in network.convs}
        self._document.change(
            made.text,
            gesture=made.gesture,
            picture=shown,
            own=None if shown is clean else clean,
            network=network,
            task=task,
            recipe=made.recipe,
            setup=task.setup,
            frozen=frozenset(frozen if kept is not None and kept.frozen else ()),
            transfer=made.transfer,
            own_kernels=set_aside_for_task(self._document),
            place=None,
        )
        self.begin()
        if self._pace_of != made.recipe.name or self.pace == self._pace_taken:
            self._pace_of, self._pace_taken = made.recipe.name, task.pace
            self.set_pace(task.pace)
        if made.remark:
            self._document.problem.emit(made.remark)

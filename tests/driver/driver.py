"""The random driver: does what users do, in any order, and judges what comes of it.

Each action draws its choices from a generator of its own, made from the seed and the action's
number, so that the same seed gives the same choices however fast the machine is.
"""

from __future__ import annotations

import random
import traceback
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from PySide6.QtCore import QEventLoop, QTimer

from playground.models.state import undo
from tests.driver.action import Action
from tests.driver.actions.appearance import Appearance
from tests.driver.actions.kernels import Kernels
from tests.driver.actions.layers import Layers
from tests.driver.actions.maps import Maps
from tests.driver.actions.pictures import Pictures
from tests.driver.actions.presenting import Presenting
from tests.driver.actions.tasks import Tasks
from tests.driver.actions.training import Training
from tests.driver.actions.weights import Weights
from tests.driver.counts import Counts, child_processes, measure, owned_widgets, threads_at_work
from tests.driver.digest import differences, digest
from tests.driver.faults import FaultWatch
from tests.driver.growth import growth
from tests.driver.stage import Stage

GROUPS = (Weights, Kernels, Maps, Layers, Pictures, Appearance, Training, Tasks, Presenting)
STEPS_A_CHUNK = 1_000
"""Actions between two looks at what undo brings back and at what has grown."""

NEARLY_FULL = 1_900
"""Steps at which a chunk ends early, since the oldest would soon be let go."""

HANG_MS = 20_000
"""An action that takes longer is freed from what it waits for."""

MOST_AT_ONCE = 20
"""Actions between two turns of the event loop, at most."""

LESS_BY_HAND = 0.25
"""How often the hand changes things while a network learns: else no run would come far."""

ENOUGH = 100
"""So many times an action is done before it counts that it has never changed anything."""


@dataclass
class Record:
    """How often an action was done, and how often each part of the window changed with it."""

    done: int = 0
    changed: Counter[str] = field(default_factory=Counter)


def nearly_full(stack) -> bool:
    """Whether the undo stack is about to let its oldest steps go, by number or by memory."""
    held = sum(entry.held for entry in stack.entries)
    return stack.count() >= NEARLY_FULL or held >= undo.MEMORY_LIMIT * 3 // 4


class Driver:
    """Works one window; `faults` says what went wrong."""

    def __init__(self, seed: int) -> None:
        self._seed, self._number, self._seen = seed, 0, -1
        self._lately: deque[str] = deque(maxlen=12)
        self.watch = FaultWatch(self._where)
        self.records: dict[str, Record] = {}
        self.counts: list[Counts] = []
        self.seconds = 0.0
        self.undone = 0
        """Steps that were undone and redone again, with nothing lost."""
        self.progress: Callable[[], object] = lambda: None
        """Is called before every chunk."""
        self.watch.install()
        self._strangers = set(map(id, owned_widgets())), set(threads_at_work())
        self.stage = Stage()
        self._end, self._loop = 0, QEventLoop()
        self._turns, self._guard = _timer(0, self._turn), _timer(HANG_MS, self._free)
        self.actions = [a for group in GROUPS for a in group(self.stage).actions()]

    @property
    def faults(self) -> list[str]:
        """What went wrong and was not expected."""
        return self.watch.faults

    @property
    def speed(self) -> float:
        """Actions a second, with everything that comes between them."""
        return self._number / max(self.seconds, 1e-9)

    def run(self, count: int) -> None:
        """Do `count` actions in the event loop of the application, and look at what is left."""
        began = monotonic()
        try:
            while self._number < count:
                self.progress()
                self._chunk(min(count, self._number + STEPS_A_CHUNK))
        finally:
            self.seconds = monotonic() - began
            self._close()
        if len(self.counts) > 1:
            self.watch.faults += growth(self.counts)
        self.watch.faults += self._idle_actions()

    def _chunk(self, end: int) -> None:
        """Do actions up to number `end`; then undo them all, compare, clear and count."""
        before = digest(self.stage.document.session)
        self._end = end
        self._turns.start()
        self._guard.start()
        self._loop.exec()
        self._guard.stop()
        self._look_back(before)

    def _turn(self) -> None:
        """A few actions between two turns of the event loop."""
        # A nested loop, of a menu say, must not have this one's actions done in it.
        self._turns.stop()
        stack = self.stage.document.undo_stack
        for _ in range(random.Random(f"{self._seed} {self._number}").randint(1, MOST_AT_ONCE)):
            if self._number >= self._end or nearly_full(stack):
                self._loop.quit()
                return
            self._act()
        self._turns.start()

    def _free(self) -> None:
        """Close what keeps an action from coming back, such as a menu that nobody closes."""
        if self._number == self._seen:
            self.watch.note("an action does not come back")
            self.stage.close_what_is_open()
        self._seen = self._number

    def _act(self) -> None:
        stage = self.stage
        stage.random = random.Random(f"{self._seed}.{self._number}")
        mode = stage.bench.settings.mode
        if stage.window.presentation.active:
            able = [a for a in self.actions if a.mode == "present"]
        else:
            able = [a for a in self.actions if a.mode in ("", mode)]
        share = LESS_BY_HAND if mode == "train" else 1.0
        weights = [a.weight * (1.0 if a.mode else share) for a in able]
        chosen = stage.random.choices(able, weights)[0]
        self._number += 1
        self._lately.append(chosen.name)
        try:
            before = stage.parts()
            chosen.perform()
            self._record(chosen, before)
        except Exception:  # noqa: BLE001 - the driver goes on and says what happened
            self.watch.note(traceback.format_exc())

    def _record(self, chosen: Action, before: dict[str, object]) -> None:
        record = self.records.setdefault(chosen.name, Record())
        record.done += 1
        after = self.stage.parts()
        record.changed.update(part for part in after if after[part] != before[part])

    def _look_back(self, before: list[str]) -> None:
        self._lately.append("(undo everything)")
        if not self.stage.rest():
            self.watch.note("the window does not come to rest")
        document = self.stage.document
        stack, last = document.undo_stack, digest(document.session)
        count = stack.index()
        stack.setIndex(0)
        for line in differences(before, digest(document.session)):
            self.watch.note(f"undo difference: {line}")
        stack.setIndex(count)
        for line in differences(last, digest(document.session)):
            self.watch.note(f"redo difference: {line}")
        self.undone += count
        self.stage.begin()
        self.stage.pass_time(100)
        self.counts.append(measure(self.stage.bench))

    def _close(self) -> None:
        self._lately.append("(close)")
        self.actions = []
        self.stage.close()
        del self.stage
        known, threads = self._strangers
        self.watch.remove()
        left = [f"widget {w!r}" for w in owned_widgets() if id(w) not in known]
        left += [f"thread {name}" for name in threads_at_work() if name not in threads]
        left += [f"process {line}" for line in child_processes()]
        self.watch.faults += [f"left behind: {what}" for what in left]

    def _idle_actions(self) -> list[str]:
        """Actions that never changed what they are there to change: faults of the driver."""
        should = {a.name: a.changes for group in GROUPS for a in _marks(group)}
        return [
            f"{name} was done {record.done} times and never changed the {should[name]}"
            for name, record in self.records.items()
            if should[name] and record.done >= ENOUGH and not record.changed[should[name]]
        ]

    def _where(self) -> str:
        return f"action {self._number}, after {', '.join(self._lately)}"


def _timer(milliseconds: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer()
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer


def _marks(group: type) -> list[Action]:
    return [
        Action(name, *method.action, method)
        for name, method in group.__dict__.items()
        if hasattr(method, "action")
    ]

"""Questions are asked while somebody looks; an answer stands as long as what it is about."""

import ast
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

import playground.models
from playground.core.errors import PlaygroundError
from playground.core.kernels.bank import set_weights
from playground.core.presets import starter_bank
from playground.core.runs.frames import Frame
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.state.asked import Asked, Keyed, key_of
from playground.models.state.document import Document
from playground.models.state.shown import Live, Replay
from playground.models.worker import LatestWorker


@dataclass(frozen=True, eq=False)
class About(Keyed):
    """A question about `value`."""

    value: int


class Things:
    """What is asked about: a key and a value, which change; work that waits to be let go on."""

    def __init__(self, make):
        self.key, self.value, self.running = "a", 1, False
        self.free = threading.Event()
        self.free.set()
        self.worked = []
        self.asked = make(self.question, self.work, running=lambda: self.running)
        self.told = []
        self.asked.changed.connect(self.told.append)

    def question(self):
        return None if self.key is None else About((self.key,), self.value, self.value)

    def work(self, question, control):
        self.worked.append(question.value)
        assert self.free.wait(20)
        if question.value < 0:
            raise PlaygroundError("There is no answer.")
        return None if control.should_stop() else 10 * question.value

    def change(self, **parts):
        for name, value in parts.items():
            setattr(self, name, value)
        self.asked.follow()


@pytest.fixture
def make(qtbot):
    made = []

    def begin(question, work, **options):
        asked = Asked("test", question, work, **options)
        made.append(asked)
        return asked

    yield begin
    for asked in made:
        asked.close()


@pytest.fixture
def things(make):
    things = Things(make)
    yield things
    things.free.set()


def test_nothing_is_asked_before_somebody_looks(qtbot, things):
    things.change(value=2)
    qtbot.wait(20)
    assert not things.worked
    things.asked.set_watched(True)
    qtbot.waitUntil(lambda: things.told == [20])
    assert (things.asked.answer, things.asked.step) == (20, 2)


def test_what_is_asked_is_what_holds_when_the_time_has_come(qtbot, make):
    value = [1]
    asked = make(lambda: About((), None, value[0]), lambda question, _: question.value, soon_ms=20)
    asked.set_watched(True)
    value[0] = 2
    qtbot.waitUntil(lambda: asked.answer == 2)


def test_a_failure_is_an_answer_and_goes_with_its_key(qtbot, things):
    things.change(value=-1)
    things.asked.set_watched(True)
    qtbot.waitUntil(lambda: things.told == [None])
    assert (things.asked.answer, things.asked.problem) == (None, "There is no answer.")
    assert not things.asked.asking
    things.change(key="b", value=3)
    assert things.asked.problem == ""
    assert things.asked.asking
    qtbot.waitUntil(lambda: things.told == [None, None, 30])


def test_it_is_asked_while_any_of_those_who_look_goes_on_looking(qtbot, things):
    things.asked.set_watched(True, "page")
    things.asked.set_watched(True, "window")
    things.asked.set_watched(True, "page")
    things.asked.set_watched(False, "page")
    qtbot.waitUntil(lambda: things.told == [10])
    things.asked.set_watched(False, "window")
    things.change(key="b", value=4)
    things.asked.set_watched(True, "page")
    qtbot.waitUntil(lambda: things.told == [10, None, 40])


def test_an_answer_goes_at_once_when_its_key_goes_though_nobody_looks(qtbot, things):
    things.asked.set_watched(True)
    qtbot.waitUntil(lambda: things.told == [10])
    things.asked.set_watched(False)
    things.change(key="b")
    assert things.asked.answer is things.asked.step is None
    assert things.told == [10, None]


def test_where_there_is_nothing_to_ask_there_is_no_answer(qtbot, things):
    things.asked.set_watched(True)
    qtbot.waitUntil(lambda: things.told == [10])
    things.change(key=None)
    assert things.told == [10, None]
    assert not things.asked.asking


def test_an_answer_in_flight_is_never_shown_under_another_key(qtbot, things):
    things.free.clear()
    things.asked.set_watched(True)
    qtbot.waitUntil(lambda: things.worked == [1])
    things.change(key="b", value=2)
    things.free.set()
    qtbot.waitUntil(lambda: bool(things.told))
    assert things.told == [20]


def test_nor_where_nobody_said_that_the_key_has_changed(qtbot, things):
    things.free.clear()
    things.asked.set_watched(True)
    qtbot.waitUntil(lambda: things.worked == [1])
    things.key = None
    things.free.set()
    qtbot.waitUntil(lambda: things.asked._asked is None)
    assert not things.told


def test_a_stream_of_frames_keeps_the_page_filled_and_ends_with_the_last(qtbot, things):
    things.running = True
    things.asked.set_watched(True)
    qtbot.waitUntil(lambda: things.told == [10])
    for value in range(2, 40):
        things.change(value=value)
        qtbot.wait(1)
    qtbot.waitUntil(lambda: things.told[-1] == 390)
    assert None not in things.told
    assert things.told == sorted(things.told)


def test_slow_work_on_the_same_thing_is_not_given_up_for_its_next_frame(qtbot, things):
    things.free.clear()
    things.running = True
    things.asked.set_watched(True)
    qtbot.waitUntil(lambda: things.worked == [1])
    things.change(value=2)
    qtbot.wait(40)
    things.free.set()
    qtbot.waitUntil(lambda: things.told == [10, 20])


def test_while_it_runs_nothing_new_is_asked_where_that_is_wanted(qtbot, make):
    running = [True]
    asked = make(
        lambda: About((), 1, 1), lambda question, _: 1, running=lambda: running[0], every_ms=None
    )
    asked.set_watched(True)
    qtbot.wait(20)
    assert not asked.asking
    running[0] = False
    asked.follow()
    assert asked.asking
    qtbot.waitUntil(lambda: asked.answer == 1)


def test_where_no_answer_will_come_any_more_that_is_told(qtbot, things):
    things.free.clear()
    things.asked.set_watched(True)
    things.change(key=None)
    assert things.told == [None]
    things.change(key=None)
    assert things.told == [None]


def test_nothing_is_asked_after_the_end(qtbot, things):
    things.asked.set_watched(True)
    things.asked.close()
    things.change(key="b")
    qtbot.wait(20)
    assert not things.worked
    # A page is hidden with its window, when what it asked may be gone from Qt's side.
    Shiboken.delete(things.asked)
    things.asked.set_watched(False)


@pytest.mark.parametrize("seed", range(5))
def test_in_any_order_what_is_shown_is_of_the_key_that_holds_and_the_last_is_answered(
    qtbot, things, seed
):
    """Values below 100 belong to key "a", the next hundred to "b", and so on."""
    random, keys = Random(seed), "abc"

    def check(answer):
        assert answer is None or keys[answer // 1000] == things.key

    things.asked.changed.connect(check)
    for _ in range(300):
        match random.randrange(6):
            case 0:
                things.asked.set_watched(random.random() < 0.8)
            case 1:
                things.change(running=not things.running)
            case 2:
                QApplication.processEvents()
            case 3:
                qtbot.wait(1)
            case _:
                key = random.choice(keys)
                value = 100 * keys.index(key) + random.randrange(1, 100)
                things.change(key=key, value=value)
    things.asked.set_watched(True)
    things.change(running=False)
    qtbot.waitUntil(lambda: things.asked.answer == 10 * things.value)


class _Run:
    """As much of a run as a key needs."""

    def __init__(self, number):
        self.number = number

    def unpacked(self, vector):
        return [vector.reshape(3, 3, 1, 12), np.zeros(12, np.float32)]

    def goes_on_with(self, session):
        return True


def frame(step):
    weights = np.full(108, step, np.float32)
    return Frame(moment=_Moment(step, weights), gradients=None)


@dataclass(frozen=True)
class _Moment:
    step: int
    parameters: object


def test_a_key_tells_own_live_and_replayed_weights_apart_but_no_live_steps(qtbot):
    document = Document(Session(None, NetworkSpec((starter_bank(1),))))
    session, run = document.session, _Run(1)
    own = key_of(document)
    document.show(Live(session, run, frame(1)))
    live = key_of(document)
    document.show(Live(session, run, frame(2)))
    assert key_of(document) == live != own
    assert key_of(document, "setting") != live
    document.show(Live(session, _Run(2), frame(2)))
    assert key_of(document) != live
    replays = []
    for step in (1, 2):
        document.show(Replay(session, run, frame(step)))
        replays.append(key_of(document))
    assert live not in replays
    assert replays[0] != replays[1]


def test_a_weight_changed_by_hand_is_another_key_until_it_is_undone(qtbot):
    document = Document(Session(None, NetworkSpec((starter_bank(1),))))
    before = key_of(document)
    document.change_conv("Edit", set_weights(document.conv, {(0, 0, 0, 0): 9.0}))
    assert key_of(document) != before
    document.undo_stack.undo()
    assert key_of(document) == before
    document.change_conv("Bias", replace(document.conv, bias=document.conv.bias + 1))
    assert key_of(document) != before


def test_no_worker_can_be_made_without_somebody_to_tell_of_its_failures():
    with pytest.raises(TypeError):
        LatestWorker("test", lambda request, control: None, print)


def test_no_room_connects_a_worker_by_hand():
    """Handlers are given to the constructor, where none can be forgotten."""
    for path in Path(playground.models.__file__).parent.rglob("*.py"):
        if path.name == "worker.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "connect":
                assert "_worker" not in ast.unparse(node.value), path

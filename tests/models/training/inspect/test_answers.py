"""Whatever a page shows is an answer about what is shown now, for every page that asks."""

import importlib
import threading
from dataclasses import dataclass

import pytest

from playground.core.kernels.bank import set_weights

USERS = {
    "why": (lambda bench: bench.why, "why.explain_gradient"),
    "classes": (lambda bench: bench.classes.all, "classes.class_report"),
    "guess": (lambda bench: bench.classes.one, "guessing.classify_all"),
    "layers": (lambda bench: bench.layers, "layer_watch.layer_stats"),
    "patches": (lambda bench: bench.patches, "strong_patches.strongest_patches"),
    "target": (lambda bench: bench.target, "target.compare"),
}


@dataclass
class Watched:
    """What one user shows, and work that can be held up."""

    asked: object
    free: threading.Event
    begun: list
    told: list
    """(answer, step, centre weight that it is of) as each was shown."""

    @property
    def steps(self):
        """The steps of the answers that were shown, the gaps between them left out."""
        return [step for answer, step, _weight in self.told if answer is not None]


@pytest.fixture(params=USERS)
def watched(request, qtbot, monkeypatch, bench, steps):
    """One user after four steps, with its answer for the fourth."""
    find, name = USERS[request.param]
    request.getfixturevalue("copying" if request.param == "target" else "lines")
    room, function = name.split(".")
    module = importlib.import_module(f"playground.models.training.inspect.{room}")
    work = getattr(module, function)
    watched = Watched(find(bench), threading.Event(), [], [])
    watched.free.set()

    def slowly(*arguments, **options):
        watched.begun.append(1)
        assert watched.free.wait(20)
        return work(*arguments, **options)

    monkeypatch.setattr(module, function, slowly)
    asked = watched.asked
    asked._every_ms = None if asked._every_ms is None else 20
    bench.document.selection.set_weight((1, 1))
    steps(bench.training, 4)
    asked.set_watched(True)
    qtbot.waitUntil(lambda: asked.step == 4 and asked._asked is None)

    def take(answer):
        weight = None if answer is None else answered[-1].network.conv().kernel[1, 1, 0, 0]
        watched.told.append((answer, asked.step, weight))

    answered, end = [], asked._end
    asked._end = lambda question, *found: (answered.append(question), end(question, *found))
    asked.changed.connect(take)
    yield watched
    watched.free.set()


def hold_up(qtbot, watched, change):
    """Change something, and hold up the work on its answer."""
    watched.free.clear()
    watched.begun.clear()
    change()
    assert watched.asked.answer is None
    qtbot.waitUntil(lambda: bool(watched.begun))


def test_an_answer_about_another_step_of_the_replay_is_never_shown(qtbot, bench, watched):
    hold_up(qtbot, watched, lambda: bench.timeline.show(2))
    bench.timeline.show(1)
    watched.free.set()
    qtbot.waitUntil(lambda: watched.asked.answer is not None)
    assert watched.steps == [1]


def test_the_newest_step_after_a_replay_has_its_own_answer(qtbot, bench, watched):
    hold_up(qtbot, watched, lambda: bench.timeline.show(2))
    bench.timeline.show(4)
    watched.free.set()
    qtbot.waitUntil(lambda: watched.asked.answer is not None)
    assert watched.steps == [4]


def test_an_answer_about_weights_from_before_an_edit_is_never_shown(qtbot, bench, watched):
    def edit(value):
        changed = set_weights(bench.document.conv, {(1, 1, 0, 0): value})
        bench.document.change_conv("Edit", changed)

    hold_up(qtbot, watched, lambda: edit(0.25))
    edit(0.5)
    watched.free.set()
    qtbot.waitUntil(lambda: watched.asked.answer is not None)
    assert {weight for answer, _step, weight in watched.told if answer is not None} == {0.5}


def test_undone_steps_take_their_answers_with_them(qtbot, bench, watched):
    hold_up(qtbot, watched, bench.document.undo_stack.undo)
    watched.free.set()
    qtbot.waitUntil(lambda: not watched.asked.asking)
    assert 4 not in watched.steps


def test_while_a_run_goes_on_live_the_page_stays_filled(qtbot, bench, watched):
    training = bench.training
    training.play()
    qtbot.waitUntil(lambda: training.frame.step > 20)
    training.pause()
    qtbot.waitUntil(lambda: not training.running)
    last = training.frame.step
    qtbot.waitUntil(lambda: watched.asked.step == last)
    assert all(answer is not None for answer, *_ in watched.told)
    assert watched.steps == sorted(watched.steps)


def test_another_task_takes_the_answer_away(qtbot, bench, watched):
    bench.document.change("Another task", task=None)
    assert watched.asked.answer is watched.asked.step is None

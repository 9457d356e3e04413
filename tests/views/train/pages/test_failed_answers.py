"""Where an answer cannot be found, its sentence stands in place of the old one on the page."""

import pytest

from tests.models.made_tasks import chosen
from tests.views.train.hands import click, paused, reached

SENTENCE = "Something went wrong; the log file has the details."


def fail(*_arguments, **_options):
    raise ValueError("on purpose")


@pytest.fixture
def show(qtbot, window, training):
    """Bring a page of a run of lines to the front, and wait for its first answer."""

    def front(name):
        pages = window.train.pages
        if training.task is None:
            with qtbot.waitSignal(training.task_changed):
                training.choose(chosen("lines"))
        step(qtbot, window, training)
        window.bench.document.selection.set_weight((1, 1))
        page = getattr(pages, name)
        pages.show_page(page)
        return page

    return front


def step(qtbot, window, training):
    done = 0 if training.frame is None else training.frame.step
    click(window.train.run_controls.step)
    reached(qtbot, training, done + 1)
    paused(qtbot, training)


@pytest.fixture
def break_and_mend():
    """Let a function of the models fail, until what is returned is called."""
    patch = pytest.MonkeyPatch()

    def fails(name):
        patch.setattr(f"playground.models.training.inspect.{name}", fail)
        return patch.undo

    yield fails
    patch.undo()


def test_why(qtbot, break_and_mend, window, training, show):
    page = show("why")
    qtbot.waitUntil(page._body.isVisible)
    mend = break_and_mend("why.explain_gradient")
    step(qtbot, window, training)
    qtbot.waitUntil(lambda: page.hint.isVisible() and page.hint.text() == SENTENCE)
    assert not page._body.isVisible()
    mend()
    step(qtbot, window, training)
    qtbot.waitUntil(page._body.isVisible)
    assert not page.hint.isVisible()


def test_a_weight_that_is_gone(qtbot, monkeypatch, window, training, show):
    def gone(*_arguments):
        raise IndexError

    page = show("why")
    qtbot.waitUntil(page._body.isVisible)
    monkeypatch.setattr("playground.models.training.inspect.why.explain_gradient", gone)
    step(qtbot, window, training)
    qtbot.waitUntil(lambda: "no longer in the network" in page.hint.text())
    assert not page._body.isVisible()


def test_classes(qtbot, break_and_mend, window, training, show):
    page = show("classes")
    qtbot.waitUntil(lambda: page.examples.rowCount() > 0)
    mend = break_and_mend("classes.class_report")
    step(qtbot, window, training)
    qtbot.waitUntil(lambda: page.problem.isVisible() and page.problem.text() == SENTENCE)
    assert page.examples.rowCount() == page.confusion.rowCount() == 0
    mend()
    step(qtbot, window, training)
    qtbot.waitUntil(lambda: page.examples.rowCount() > 0)
    assert page.matrix.isVisible()
    assert not page.problem.isVisible()


def test_the_class_of_the_picture(qtbot, break_and_mend, window, training, show):
    show("classes")
    answer = window.train.answer
    qtbot.waitUntil(lambda: answer.guess.guess is not None)
    mend = break_and_mend("guessing.classify_all")
    step(qtbot, window, training)
    qtbot.waitUntil(lambda: answer.title.text() == SENTENCE)
    assert answer.guess.guess is None
    mend()
    step(qtbot, window, training)
    now = f"step {training.frame.step} · "
    qtbot.waitUntil(lambda: answer.title.text().startswith(now))
    assert answer.title.text() == f"{now}this picture"


def test_layers(qtbot, break_and_mend, window, training, show):
    page = show("layers")
    qtbot.waitUntil(lambda: bool(page.rows.layers))
    mend = break_and_mend("layer_watch.layer_stats")
    step(qtbot, window, training)
    qtbot.waitUntil(lambda: page.problem.isVisible() and page.problem.text() == SENTENCE)
    assert not page.rows.layers
    mend()
    step(qtbot, window, training)
    qtbot.waitUntil(lambda: bool(page.rows.layers))
    assert page.rows.isVisible()


def test_patches(qtbot, break_and_mend, window, training, show):
    page = show("patches")
    qtbot.waitUntil(lambda: page.model.rowCount() > 0 or page.empty.isVisible())
    mend = break_and_mend("strong_patches.strongest_patches")
    step(qtbot, window, training)
    qtbot.waitUntil(lambda: page.empty.isVisible() and page.empty.text() == SENTENCE)
    assert page.model.rowCount() == 0
    mend()
    step(qtbot, window, training)
    qtbot.waitUntil(lambda: page.empty.text() != SENTENCE)

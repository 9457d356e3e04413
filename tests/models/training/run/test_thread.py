"""Whatever fails in the thread that trains, it lives, the run rests, and the window says why."""

from types import SimpleNamespace

from playground.core.errors import PlaygroundError
from playground.core.runs.run import Run
from playground.jobs.training_process.changes import Edit


def fail(*_arguments, **_options):
    raise ValueError("on purpose")


def broken_edit(training, deed):
    """An order that does `deed` to the run it is for."""
    edit = SimpleNamespace(apply_to=deed)
    return Edit(training.run.number, training._document.next_revision(), (edit,))


def trains(qtbot, training, steps):
    """The next press works."""
    before = 0 if training.run is None else training.run.steps
    steps(training, 2)
    assert training.run.steps == before + 2


def test_an_order_that_fails_halts_the_run_with_a_sentence(qtbot, caplog, copying, steps):
    copying.change_setup(epochs=1000, learning_rate=1e-5)
    copying.play()
    with qtbot.waitSignal(copying.halted) as said:
        copying._thread.give(broken_edit(copying, fail))
    assert "log file" in said.args[0]
    assert "on purpose" in caplog.text
    assert not copying.running
    trains(qtbot, copying, steps)


def test_an_order_that_is_refused_says_why_in_its_own_sentence(qtbot, copying, steps):
    def refuse(_run):
        raise PlaygroundError("This cannot be done.")

    with qtbot.waitSignal(copying.halted) as said:
        copying._thread.give(broken_edit(copying, refuse))
    assert said.args == ["This cannot be done."]
    trains(qtbot, copying, steps)


def test_where_no_frame_can_be_made_the_run_rests_all_the_same(qtbot, monkeypatch, copying, steps):
    steps(copying, 1)
    with monkeypatch.context() as patched:
        patched.setattr(Run, "frame", fail)
        with qtbot.waitSignal(copying.halted) as said:
            copying.play()
        assert "log file" in said.args[0]
        assert not copying.running
    trains(qtbot, copying, steps)


def test_a_beginning_that_fails_is_said_and_the_next_press_works(
    qtbot, monkeypatch, copying, steps
):
    with monkeypatch.context() as patched:
        patched.setattr(Run, "frame", fail)
        with qtbot.waitSignal(copying.halted):
            copying.reset()
    trains(qtbot, copying, steps)


def test_memory_that_runs_out_in_a_step_is_said(qtbot, monkeypatch, copying, steps):
    def exhausted(_run):
        raise MemoryError

    steps(copying, 1)
    with monkeypatch.context() as patched:
        patched.setattr(Run, "step", exhausted)
        with qtbot.waitSignal(copying.halted, check_params_cb=bool) as said:
            copying.play()
    assert "not enough memory" in said.args[0]
    assert not copying.running
    trains(qtbot, copying, steps)


def test_the_end_of_one_press_is_not_taken_for_that_of_the_next(qtbot, copying):
    copying.change_setup(epochs=1000, learning_rate=1e-5)
    copying.play()
    copying.pause()
    copying.play()  # the pause has not been heard of yet
    qtbot.waitUntil(lambda: copying.frame is not None and copying.frame.step > 100)
    assert copying.running


def test_a_goal_that_is_passed_already_is_an_end(qtbot, copying, steps):
    steps(copying, 5)
    copying.go(3, None)
    qtbot.waitUntil(lambda: not copying.running)

"""The document put aside comes back as it was, whatever was done in between."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from playground.models.state.set_aside import set_aside, take_up
from playground.models.state.shown import Live, Own, Replay
from tests.models.training.run.test_undo_in_training import Walk


def rest(qtbot, bench, making):
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not making[-1])
    bench.training.pause()
    qtbot.waitUntil(lambda: not bench.training.running)
    qtbot.waitUntil(lambda: all(run.known for run in bench.document.runs.newest_first))
    QCoreApplication.processEvents()


def all_there_is(bench):
    document, stack = bench.document, bench.document.undo_stack
    shown = document.shown
    frame = None if isinstance(shown, Own) else (shown.run, shown.frame.step)
    return (
        stack.entries,
        stack.index(),
        document.session,
        (type(shown), frame, document.network),
        document.selection.pointed,
        document.runs.newest_first,
        bench.runs.records,
        bench.runs.compared,
        len(bench.training.curves.loss),
    )


@pytest.mark.parametrize("seed", range(4))
def test_taken_up_again_everything_is_as_it_was(qtbot, bench, seed, part_of):
    walk, document, making = Walk(qtbot, bench, seed), bench.document, [False]
    bench.training.making.busy_changed.connect(making.append)

    def wander(count):
        for _ in range(count):
            walk.act()
            if walk.random.random() < 0.4:
                QCoreApplication.processEvents()
            if walk.random.random() < 0.1:
                bench.document.undo_stack.undo()
        rest(qtbot, bench, making)

    for _ in range(3):
        wander(part_of(200))
        if bench.runs.records:
            checked, role = Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
            bench.runs.setData(bench.runs.index(0), checked, role)
        before, network = all_there_is(bench), document.network
        aside = set_aside(document)
        assert isinstance(document.shown, Own)
        assert document.network == network
        assert not document.undo_stack.canUndo()
        assert not document.undo_stack.canRedo()
        assert bench.runs.records == ()
        assert document.session.task is aside.session.task
        wander(part_of(200))
        take_up(document, aside)
        for was, now in zip(before, all_there_is(bench), strict=True):
            assert now == was


def test_a_run_under_way_is_stopped_and_stands_where_it_ended(qtbot, bench, copying, steps):
    copying.change_setup(epochs=100_000)
    copying.play()
    qtbot.waitUntil(lambda: copying.frame.step > 5)
    run, document = copying.run, bench.document
    aside = set_aside(document)
    assert not copying.running
    assert copying.run is None
    steps(copying, 2)
    assert copying.run is not run
    qtbot.waitUntil(lambda: run.known)
    take_up(document, aside)
    assert isinstance(document.shown, Live)
    assert (copying.run, copying.frame.step) == (run, run.steps)
    assert document.session.place == (run.number, run.steps)
    assert document.undo_stack.undoText() == "Training"
    steps(copying, 1)
    assert copying.run is run


def test_an_earlier_step_that_was_shown_is_shown_again(bench, copying, steps):
    steps(copying, 5)
    bench.timeline.show(2)
    aside, network = set_aside(bench.document), bench.document.network
    copying.reset()
    take_up(bench.document, aside)
    assert isinstance(bench.document.shown, Replay)
    assert bench.timeline.step == 2
    assert bench.document.network == network

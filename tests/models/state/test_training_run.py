"""A run says where it stands, and the runs that somebody names outlive the others."""

import numpy as np

from playground.core.kernels import bank
from playground.models.state.shown import Own
from playground.models.state.training_run import Kept


def set_weight(bench, value):
    document = bench.document
    document.change_conv("Set weight", bank.set_weights(document.conv, {(1, 1, 0, 0): value}))


def test_the_run_that_a_session_names_outlives_those_that_nobody_names(
    qtbot, bench, copying, steps
):
    stack, document = bench.document.undo_stack, bench.document
    steps(copying, 2)
    named, index = copying.run, stack.index()
    for _ in range(14):
        copying.reset()
        steps(copying, 1)
        # What was done since is undone, and something else is done in its place.
        stack.setIndex(index)
        set_weight(bench, float(np.random.default_rng(0).random()))
        stack.undo()
    assert len(document.runs.newest_first) <= 13
    assert document.runs.get(named.number) is named
    stack.setIndex(index)
    assert not isinstance(document.shown, Own)
    assert copying.run is named


def test_a_run_at_rest_stands_at_its_newest_frame_with_the_setup_it_went_on_with(
    qtbot, copying, steps
):
    copying.change_setup(epochs=1000)
    steps(copying, 2)
    run = copying.run
    qtbot.waitUntil(lambda: run.known)
    assert run.newest.step == run.steps == 2
    assert run.is_at(run.newest, run.learned())
    assert not run.is_at(run.newest, run.network)
    copying.change_setup(learning_rate=0.25)
    steps(copying, 1)
    assert run.setup.learning_rate == 0.25
    assert run.setup_at(run.frame(1)).learning_rate != 0.25


def test_runs_that_were_put_aside_are_kept_again(bench, copying, steps):
    steps(copying, 1)
    runs, run = bench.document.runs, copying.run
    runs.compared = {run.number}
    kept = runs.kept
    runs.hold(Kept())
    assert runs.get(run.number) is None
    runs.hold(kept)
    assert runs.get(run.number) is run
    assert runs.compared == {run.number}
    assert runs.next_number() > run.number

"""What is changed by hand goes into a run between two steps."""

from dataclasses import replace

import numpy as np

from playground.core.network.weight_edit import WeightEdit
from playground.core.runs.run import Run
from playground.core.training.training_setup import TrainingSetup
from playground.jobs.training_process.changes import Edit, Freeze, Tune, change
from tests.core.training.test_trainer import trainer


def test_frozen_weights_stay_until_nothing_is_frozen():
    run = Run(trainer(), None)
    network = run.trainer.network
    change(run, Freeze(1, 4, tuple(np.ones(w.shape, bool) for w in network.weights)))
    before = network.parameters.copy()
    run.step()
    assert np.array_equal(network.parameters, before)
    assert run.revision == 4
    change(run, Freeze(1, 5, None))
    run.step()
    assert not np.array_equal(network.parameters, before)


def test_a_rate_is_taken_over_and_what_was_learned_is_kept():
    run = Run(trainer(), None)
    run.step()
    memory = run.trainer.optimizer.state["m"].copy()
    change(run, Tune(1, 2, TrainingSetup("adam", 0.5)))
    assert run.trainer.optimizer.learning_rate == 0.5
    assert np.array_equal(run.trainer.optimizer.state["m"], memory)


def test_edits_that_follow_each_other_become_one_with_the_later_revision():
    first, second = (Edit(1, number, (f"edit {number}",)) for number in (3, 4))
    assert first.followed_by(second) == replace(second, edits=("edit 3", "edit 4"))


def test_an_edit_gives_weights_their_values_and_no_others():
    run = Run(trainer(), None)
    before = run.trainer.network.weights
    after = [values.copy() for values in before]
    after[0][1, 1, 0, 2] = 9.5
    change(run, Edit(1, 7, (WeightEdit.between(before, after),)))
    assert all(map(np.array_equal, run.trainer.network.weights, after))
    assert run.revision == 7

"""A run that another one carries on has, back again, what it would have had by itself."""

import numpy as np
import pytest

from playground.core.runs.run import Run
from playground.core.runs.run_updates import gain, stand_at, state_of, take_state, update_of
from tests.core.training.test_trainer import INPUTS, TARGETS, trainer


def run(steps: int = 0) -> Run:
    made = Run(trainer(), (INPUTS[:8], TARGETS[:8]))
    for _ in range(steps):
        made.step()
    return made


def test_what_was_gained_elsewhere_is_what_would_have_been_gained_here():
    alone, here, there = run(9), run(4), run()
    take_state(there, state_of(here))
    for _ in range(5):
        there.step()
    update = update_of(there, 1)
    gain(here, update)
    stand_at(here, update)
    assert update.steps == 5
    assert here.steps == alone.steps == 9
    assert np.array_equal(here.trainer.network.parameters, alone.trainer.network.parameters)
    assert np.array_equal(here.log.curves.loss.since(0), alone.log.curves.loss.since(0))
    alone.step(), here.step()
    assert np.array_equal(here.trainer.network.parameters, alone.trainer.network.parameters)


def test_an_update_says_each_thing_once():
    there = run()
    take_state(there, state_of(run(2)))
    there.step()
    first = update_of(there, 1)
    there.step(), there.step()
    second = update_of(there, 1)
    assert (len(first.loss), len(second.loss)) == (1, 2)
    assert second.frame.step == 5


def test_settings_and_what_is_frozen_go_along():
    here, there = run(1), run()
    here.trainer.optimizer.learning_rate = 0.125
    here.trainer.network.freeze([np.ones(w.shape, bool) for w in here.trainer.network.weights])
    take_state(there, state_of(here))
    before = there.trainer.network.parameters.copy()
    there.step()
    assert there.trainer.optimizer.learning_rate == 0.125
    assert np.array_equal(there.trainer.network.parameters, before)


@pytest.mark.parametrize("steps", [0, 3])
def test_a_state_is_a_copy(steps):
    here = run(steps)
    state = state_of(here)
    before = state.moment.parameters.copy()
    here.step()
    assert np.array_equal(state.moment.parameters, before)

"""A moment is all that the rest of a run follows from."""

import numpy as np

from tests.core.training.test_trainer import run, same, trainer


def test_two_trainers_go_on_alike_from_one_moment():
    one, other = trainer(), trainer()
    run(one, 3)
    moment = one.moment()
    other.return_to(moment)
    assert other.steps == moment.step == 3
    assert run(one, 4) == run(other, 4)
    assert same(one, other)


def test_a_moment_is_a_copy():
    training = trainer()
    run(training, 1)
    moment = training.moment()
    before = moment.parameters.copy(), moment.optimizer[1]["m"].copy()
    run(training, 2)
    assert np.array_equal(moment.parameters, before[0])
    assert np.array_equal(moment.optimizer[1]["m"], before[1])

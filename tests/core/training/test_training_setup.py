"""What stands beside Play becomes an optimizer, a schedule and what is done to pictures."""

import pytest

from playground.core.errors import PlaygroundError
from playground.core.training import optimizers, schedules
from playground.core.training.training_setup import TrainingSetup


def test_the_optimizer_has_the_numbers_of_the_setup():
    setup = TrainingSetup("momentum", 0.1, momentum=0.7, weight_decay=0.01, clipnorm=2)
    made = setup.make_optimizer(10)
    assert isinstance(made, optimizers.Momentum)
    assert (made.learning_rate, made.momentum, made.weight_decay) == (0.1, 0.7, 0.01)
    assert made.global_clipnorm == 2
    assert TrainingSetup(clipnorm=0).make_optimizer(10).global_clipnorm is None


@pytest.mark.parametrize("name", [kind.name for kind in optimizers.ALL.values()])
def test_momentum_counts_for_those_that_have_one(name):
    setup = TrainingSetup(name, momentum=0.5)
    made = setup.make_optimizer(1)
    assert setup.has_momentum == (getattr(made, "momentum", None) == 0.5)


def test_a_schedule_runs_over_all_epochs():
    assert isinstance(TrainingSetup().make_schedule(5), schedules.Constant)
    cosine = TrainingSetup(schedule="cosine", epochs=4).make_schedule(5)
    assert cosine(0) == 1
    assert cosine(20) == pytest.approx(0, abs=1e-6)
    step = TrainingSetup(schedule="step", epochs=4).make_schedule(5)
    assert step(4) == 1 > step(5)


@pytest.mark.parametrize(
    "wrong",
    [{"batch_size": 0}, {"epochs": 0}, {"learning_rate": -1}, {"learning_rate": float("nan")}],
)
def test_what_is_no_setup_is_refused(wrong):
    with pytest.raises(PlaygroundError):
        TrainingSetup(**wrong)

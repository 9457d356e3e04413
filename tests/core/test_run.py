"""A run keeps its curves, stops itself before it does harm, and can go back."""

import numpy as np
import pytest

from playground.core import Network, Trainer, layers, optimizers
from playground.core.run import Run
from playground.core.trainer import DivergedError


def make_run(learning_rate: float = 0.1) -> Run:
    rng = np.random.default_rng(0)
    inputs = rng.random((20, 6, 6, 1), np.float32)
    targets = inputs[:, 1:-1, 1:-1] * 2
    network = Network([layers.Conv2D(1, 3)], (6, 6, 1))
    optimizer = optimizers.SGD(learning_rate)
    trainer = Trainer(network, inputs, targets, optimizer=optimizer, batch_size=5)
    return Run(trainer, validation=(inputs[:5], targets[:5]))


def test_the_curves_have_a_number_for_every_step_and_every_epoch():
    run = make_run()
    losses = [run.step().loss for _ in range(9)]
    assert run.curves.loss.since(0) == pytest.approx(losses)
    assert run.curves.validation_step.since(0).tolist() == [4, 8]
    assert np.isnan(run.curves.accuracy.since(0)).all()


def test_a_learning_rate_far_too_large_stops_the_run_with_finite_weights():
    run = make_run(learning_rate=1e6)

    def many_steps():
        for _ in range(200):
            run.step()

    with pytest.raises(DivergedError, match="smaller"):
        many_steps()
    assert np.isfinite(run.trainer.network.parameters).all()


def test_going_back_cuts_the_curves_and_repeats_the_same_steps():
    run = make_run()
    for _ in range(6):
        run.step()
    moment = run.trainer.moment()
    first = [run.step().loss for _ in range(5)]
    run.return_to(moment)
    assert len(run.curves.loss) == 6
    assert run.curves.validation_step.since(0).tolist() == [4]
    assert [run.step().loss for _ in range(5)] == first

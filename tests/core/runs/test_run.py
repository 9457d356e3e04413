"""A run keeps its curves, stops itself before it does harm, and can go back."""

import numpy as np
import pytest

from playground.core import Network, Trainer, layers
from playground.core.errors import DivergedError
from playground.core.runs.run import Run, RunLog
from playground.core.training import optimizers


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
    assert run.log.curves.loss.since(0) == pytest.approx(losses)
    assert run.log.curves.validation_step.since(0).tolist() == [4, 8]
    assert np.isnan(run.log.curves.accuracy.since(0)).all()


def test_a_learning_rate_far_too_large_stops_the_run_with_finite_weights():
    run = make_run(learning_rate=1e6)

    def many_steps():
        for _ in range(200):
            run.step()

    with pytest.raises(DivergedError, match="smaller"):
        many_steps()
    assert np.isfinite(run.trainer.network.parameters).all()


def test_a_run_that_goes_on_from_an_earlier_step_has_its_curves_and_repeats_its_steps():
    run = make_run()
    for _ in range(6):
        run.step()
    frame = run.frame()
    first = [run.step().loss for _ in range(5)]
    other = make_run()
    child = Run(other.trainer, other.validation, RunLog(2, parent=run.log, start=6))
    child.trainer.return_to(frame.moment)
    assert len(child.log.curves.loss) == 6
    assert child.log.curves.validation_step.since(0).tolist() == [4]
    assert [child.step().loss for _ in range(5)] == first
    assert np.array_equal(child.log.curves.loss.since(0), run.log.curves.loss.since(0))
    assert child.log.frame(3).step == 3
    assert [child.log.after(step) for step in (3, 5, 6, 8)] == [4, 6, 7, 9]
    assert len(run.log.curves.loss) == 11

"""Moments come out of a row as they went in, and a row is one piece of memory."""

import numpy as np
import pytest

from playground.core import Network, Trainer, layers, optimizers
from playground.core.moment_rows import MomentRows
from playground.core.trainer import Moment


def trainer(optimizer) -> Trainer:
    rng = np.random.default_rng(0)
    network = Network([layers.Conv2D(2, 3)], (6, 6, 1))
    inputs = rng.random((20, 6, 6, 1), np.float32)
    targets = rng.random((20, 4, 4, 2), np.float32)
    return Trainer(network, inputs, targets, optimizer=optimizer, batch_size=5)


def assert_alike(one: Moment, other: Moment) -> None:
    assert (one.step, one.optimizer[0]) == (other.step, other.optimizer[0])
    assert np.array_equal(one.parameters, other.parameters)
    assert one.optimizer[1].keys() == other.optimizer[1].keys()
    for name, values in one.optimizer[1].items():
        assert np.array_equal(values, other.optimizer[1][name])


@pytest.mark.parametrize("optimizer", sorted(optimizers.ALL))
def test_a_moment_comes_back_as_it_was_whatever_the_optimizer_remembers(optimizer):
    training = trainer(optimizer)
    moments = [training.moment()]
    for _ in range(3):
        training.step()
        moments.append(training.moment())
    rows = MomentRows.of(moments)
    assert len(rows) == 4
    for row, moment in enumerate(moments):
        assert_alike(rows.get(row), moment)


def test_a_run_goes_on_from_a_row_as_from_the_moment_itself():
    training = trainer("adam")
    for _ in range(3):
        training.step()
    rows = MomentRows.of([training.present()])
    onwards = [training.step().loss for _ in range(3)]
    training.return_to(rows.get(0))
    assert [training.step().loss for _ in range(3)] == onwards


def test_a_memory_that_is_not_there_yet_is_one_of_zeros():
    rows = MomentRows.room(1, Moment(0, np.ones(3, np.float32), (0, {"m": np.ones(3)})))
    rows.put(0, Moment(5, np.full(3, 2, np.float32), (4, {})))
    assert_alike(
        rows.get(0), Moment(5, np.full(3, 2, np.float32), (4, {"m": np.zeros(3, np.float32)}))
    )


def test_what_is_taken_out_is_a_copy_unless_it_is_asked_for_as_it_stands():
    rows = MomentRows.of([trainer("adam").moment()])
    assert not np.shares_memory(rows.get(0).parameters, rows.values)
    assert np.shares_memory(rows.get(0, copy=False).parameters, rows.values)


def test_the_present_moment_is_seen_and_a_kept_one_is_not_changed_by_the_next_step():
    training = trainer("sgd")
    kept, seen = training.moment(), training.present()
    training.step()
    assert np.array_equal(seen.parameters, training.network.parameters)
    assert not np.array_equal(kept.parameters, training.network.parameters)

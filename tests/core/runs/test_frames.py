"""Frames come out of a row as they went in, and a row is one piece of memory."""

import numpy as np
import pytest

from playground.core import Network, Trainer, layers
from playground.core.runs.frames import Frame, FrameRows
from playground.core.runs.run import Run
from playground.core.training import optimizers
from playground.core.training.trainer import Moment


def trainer(optimizer) -> Trainer:
    rng = np.random.default_rng(0)
    network = Network([layers.Conv2D(2, 3)], (6, 6, 1))
    inputs = rng.random((20, 6, 6, 1), np.float32)
    targets = rng.random((20, 4, 4, 2), np.float32)
    return Trainer(network, inputs, targets, optimizer=optimizer, batch_size=5)


def run_of(optimizer) -> Run:
    return Run(trainer(optimizer))


def assert_alike(one: Frame, other: Frame) -> None:
    assert (one.step, one.revision, one.rate) == (other.step, other.revision, other.rate)
    assert one.moment.optimizer[0] == other.moment.optimizer[0]
    assert np.array_equal(one.moment.parameters, other.moment.parameters)
    assert np.array_equal(one.gradients, other.gradients)
    assert one.moment.optimizer[1].keys() == other.moment.optimizer[1].keys()
    for name, values in one.moment.optimizer[1].items():
        assert np.array_equal(values, other.moment.optimizer[1][name])
    assert (one.learns is None) == (other.learns is None)
    assert one.learns is None or np.array_equal(one.learns, other.learns)


@pytest.mark.parametrize("optimizer", sorted(optimizers.ALL))
def test_a_frame_comes_back_as_it_was_whatever_the_optimizer_remembers(optimizer):
    run = run_of(optimizer)
    frames = [run.frame()]
    for _ in range(3):
        run.step()
        frames.append(run.frame())
    rows = FrameRows.of(frames)
    assert len(rows) == 4
    for row, frame in enumerate(frames):
        assert_alike(rows.get(row), frame)


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_a_row_says_which_weights_were_frozen(share):
    run, rng = run_of("adam"), np.random.default_rng(0)
    frames = [run.frame()]
    for _ in range(2):
        masks = [rng.random(values.shape) < share for values in run.trainer.network.weights]
        run.trainer.network.freeze(masks)
        frames.append(run.frame())
    rows = FrameRows.of([*frames, frames[0]])
    for row, frame in enumerate([*frames, frames[0]]):
        assert_alike(rows.get(row), frame)


def test_a_run_goes_on_from_a_row_as_from_the_frame_itself():
    run = run_of("adam")
    for _ in range(3):
        run.step()
    rows = FrameRows.of([run.frame()])
    onwards = [run.step().loss for _ in range(3)]
    run.trainer.return_to(rows.get(0).moment)
    assert [run.step().loss for _ in range(3)] == onwards


def test_a_memory_that_is_not_there_yet_is_one_of_zeros():
    ones = np.ones(3, np.float32)
    rows = FrameRows.room(1, Frame(Moment(0, ones, (0, {"m": ones})), ones))
    rows.put(0, Frame(Moment(5, 2 * ones, (4, {})), 3 * ones))
    assert_alike(rows.get(0), Frame(Moment(5, 2 * ones, (4, {"m": 0 * ones})), 3 * ones))


def test_what_is_taken_out_is_a_copy_unless_it_is_asked_for_as_it_stands():
    rows = FrameRows.of([run_of("adam").frame()])
    assert not np.shares_memory(rows.get(0).moment.parameters, rows.values)
    assert np.shares_memory(rows.get(0, copy=False).moment.parameters, rows.values)


def test_a_frame_is_one_piece_of_memory_that_the_next_step_leaves_alone():
    run = run_of("adam")
    frame = run.frame()
    arrays = [frame.moment.parameters, frame.gradients, *frame.moment.optimizer[1].values()]
    assert len({id(array.base) for array in arrays}) == 1
    before = frame.moment.parameters.copy()
    run.step()
    assert np.array_equal(frame.moment.parameters, before)


def test_a_frames_gradient_is_that_of_its_weights_for_the_batch_to_come():
    run = run_of("adam")
    for _ in range(3):
        run.step()
    frame, other = run.frame(), trainer("adam")
    other.return_to(frame.moment)
    other.propagate(other.batch())
    assert np.array_equal(frame.gradients, other.network.gradients)


def test_looking_ahead_changes_nothing_in_the_run():
    watched, alone = run_of("adam"), run_of("adam")
    for _ in range(6):
        watched.frame()
        assert watched.step().loss == alone.step().loss
    assert np.array_equal(watched.trainer.network.parameters, alone.trainer.network.parameters)


def test_a_weight_changed_after_a_look_counts_in_the_step():
    looked, alone = run_of("sgd"), run_of("sgd")
    looked.frame()
    for run in (looked, alone):
        run.trainer.network.parameters[0] += 1
    assert looked.step().loss == alone.step().loss
    assert np.array_equal(looked.trainer.network.parameters, alone.trainer.network.parameters)

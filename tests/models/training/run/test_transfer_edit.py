"""Kernels learned on one task serve another, and are compared with a start from random ones."""

import numpy as np
import pytest
from PySide6.QtTest import QAbstractItemModelTester

from playground.core.network.building import initialized
from tests.models.made_tasks import chosen


def kernels(network):
    return [(network.conv(index).kernel, network.conv(index).bias) for index in network.convs]


def same(one, other):
    pairs = zip(kernels(one), kernels(other), strict=True)
    return [np.array_equal(a, b) and np.array_equal(x, y) for (a, x), (b, y) in pairs]


@pytest.fixture
def transferring(bench):
    return bench.transferring


@pytest.fixture
def digits(qtbot, training, steps):
    """Digits, learned for a few steps."""
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("digits"))
    steps(training, 5)
    return training


@pytest.fixture
def clothes(qtbot, digits, transferring):
    """Clothes, begun with the kernels of digits."""
    with qtbot.waitSignal(digits.task_changed):
        transferring.keep_present(chosen("clothes"))
    return digits


def test_frozen_kernels_stay_bit_for_bit_while_the_head_learns(
    qtbot, bench, digits, transferring, steps
):
    donor = digits.network
    with qtbot.waitSignal(digits.task_changed):
        transferring.keep_present(chosen("clothes"))
    assert digits.task.name == "Clothes"
    assert same(digits.network, donor) == [True, True]
    assert digits.network.layers[-1].names == digits.task.class_names
    head = digits.network.layers[-1]
    steps(digits, 20)
    assert same(digits.network, donor) == [True, True]
    assert not np.array_equal(digits.network.layers[-1].kernel, head.kernel)
    digits.freezing.set_layer(0, False)
    steps(digits, 1)
    assert same(digits.network, donor) == [False, True]


def test_kept_layers_may_learn_from_the_start(qtbot, digits, transferring, steps):
    donor = digits.network
    transferring.set_freeze(False)
    with qtbot.waitSignal(digits.task_changed):
        transferring.keep_present(chosen("shapes"))
    assert same(digits.network, donor) == [True, True]
    steps(digits, 2)
    assert same(digits.network, donor) == [False, False]


def test_the_transfer_is_one_undo_step(bench, clothes):
    before = bench.document.network
    bench.document.undo_stack.undo()
    assert bench.document.network.layers[-1].names != before.layers[-1].names
    bench.document.undo_stack.redo()
    assert bench.document.network == before


def test_starting_again_puts_the_kept_kernels_back(clothes, steps):
    start = clothes.network
    clothes.freezing.clear()
    steps(clothes, 2)
    clothes.reset()
    assert clothes.network == start
    clothes.reset(new_seed=True)
    assert same(clothes.network, start) == [True, True]
    assert clothes.network.layers[-1] != start.layers[-1]


def test_a_random_start_is_compared_with_one_click(qtbot, bench, clothes, transferring, steps):
    runs, start, setup = bench.runs, clothes.network, clothes.setup
    QAbstractItemModelTester(runs, QAbstractItemModelTester.FailureReportingMode.Fatal, runs)
    assert not transferring.can_compare
    steps(clothes, 3)
    assert transferring.can_compare
    kept = clothes.run
    began = runs.rowCount()
    transferring.compare_with_random()
    assert list(runs.compared) == [kept]
    assert "Clothes with kernels of Digits" in runs.name(runs.record(0))
    random = clothes.run.frame(0).moment
    expected = initialized(start, setup.initializer, setup.seed, start.input_shape)
    built = clothes.task.trainer(expected, setup)
    assert np.array_equal(random.parameters, built.network.parameters)
    assert expected.layers[-1] == start.layers[-1]
    assert clothes.setup == setup
    assert not any(clothes.freezing.is_frozen(layer) for layer in start.convs)
    qtbot.waitUntil(lambda: len(clothes.curves.loss) >= 3)
    clothes.pause()
    qtbot.waitUntil(lambda: not clothes.running)
    clothes.reset()
    assert runs.rowCount() == began + 2
    assert "with kernels" not in runs.name(runs.record(0))
    assert not transferring.can_compare


def test_an_earlier_runs_kernels_can_be_kept(qtbot, bench, digits, transferring):
    donor = digits.network
    digits.reset(new_seed=True)
    record = bench.runs.record(0)
    assert same(record.learned(), donor) == [True, True]
    with qtbot.waitSignal(digits.task_changed):
        transferring.keep_record(record, chosen("clothes"))
    assert same(digits.network, donor) == [True, True]
    assert digits.transfer.name == "Digits"


def test_kernels_made_by_hand_can_be_kept(qtbot, bench, training, transferring, steps):
    bank = bench.document.conv
    with qtbot.waitSignal(training.task_changed):
        transferring.keep_present(chosen("lines"))
    steps(training, 2)
    assert np.array_equal(bench.document.network.first_conv.kernel, bank.kernel)


def test_what_does_not_fit_is_said_and_changes_nothing(qtbot, bench, digits, transferring):
    bench.document.change_network(
        "Deeper", type(digits.network)(digits.network.layers[:-2] + (digits.network.layers[2],) * 6)
    )
    network, task = digits.network, digits.task
    with qtbot.waitSignal(bench.document.problem) as problem:
        transferring.keep_present(chosen("clothes"))
    assert problem.args[0].startswith("The kept layers do not fit")
    assert (bench.document.network, digits.task) == (network, task)


def test_the_next_task_without_transfer_begins_with_nothing_frozen(qtbot, clothes):
    with qtbot.waitSignal(clothes.task_changed):
        clothes.choose(chosen("shapes"))
    assert clothes.transfer is None
    assert not any(clothes.freezing.is_frozen(layer) for layer in clothes.network.convs)

"""Frozen kernels and layers stay frozen wherever they go, and marks of what is gone are gone."""

import numpy as np
import pytest

from playground.core.specs import Conv2DSpec
from playground.core.training import optimizers
from playground.models.kernels.bank_edits import BankEdits
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.network.network_edits import NetworkEdits
from tests.models.made_tasks import chosen


@pytest.fixture
def digits(qtbot, training):
    """Eight kernels, ReLU, pooling, sixteen kernels, …, dense."""
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("digits"))
    return training


@pytest.fixture
def bank(bench):
    return BankEdits(bench.document)


@pytest.fixture
def layers(bench):
    return NetworkEdits(bench.document)


def frozen_names(training, layer=0):
    names = training.network.conv(layer).names
    return {names[k] for k in range(len(names)) if training.freezing.is_frozen(layer, k)}


def frozen_in_run(training):
    """(layer, kernel) for each kernel that is frozen in the run."""
    network = training.run.handed_over().trainer.network
    if network.frozen is None:
        return set()
    arrays = iter(network.frozen)
    with_weights = [at for at, layer in enumerate(network.layers) if layer.weights]
    masks = {at: (next(arrays), next(arrays))[0] for at in with_weights}
    return {
        (at, kernel)
        for at, mask in masks.items()
        for kernel in range(mask.shape[-1])
        if mask[..., kernel].all()
    }


def select(bench, *kernels):
    bench.document.selection.set_kernels(list(kernels), kernels[0])


def can_be_trained(qtbot, training, steps):
    """Each press does what it says."""
    said = []
    training.halted.connect(said.append)
    steps(training, 2)
    training.play()
    assert training.running
    qtbot.waitUntil(lambda: training.frame.step > 4)
    training.pause()
    qtbot.waitUntil(lambda: not training.running)
    training.reset()
    steps(training, 1)
    assert not any(said)


def test_the_last_of_eight_stays_frozen_when_the_first_is_removed(
    qtbot, bench, digits, bank, steps
):
    last = digits.network.conv().filters - 1
    name = digits.network.conv().names[last]
    digits.freezing.set_kernel(0, last, True)
    select(bench, 0)
    bank.remove()
    assert frozen_names(digits) == {name}
    can_be_trained(qtbot, digits, steps)
    assert frozen_in_run(digits) == {(0, last - 1)}


@pytest.mark.parametrize(
    ("act", "frozen"),
    [
        (lambda bank: bank.remove(), set()),
        (lambda bank: bank.move([2], 0), {"kernel 2"}),
        (lambda bank: bank.move_later(), {"kernel 2"}),
        (lambda bank: bank.duplicate(), {"kernel 2"}),
        (lambda bank: bank.add(), {"kernel 2"}),
        (lambda bank: bank.rename(2, "kernel 3"), {"kernel 3"}),
    ],
    ids=["remove", "move", "move later", "copy", "add", "rename"],
)
def test_whatever_is_done_to_the_kernels_the_same_one_is_frozen(
    qtbot, bench, digits, bank, steps, act, frozen
):
    conv = digits.network.conv()
    names = tuple(f"kernel {number}" for number in range(conv.filters))
    bench.document.change_conv("Names", Conv2DSpec(conv.kernel, conv.bias, names))
    digits.freezing.set_kernel(0, 2, True)
    select(bench, 2)
    act(bank)
    rows = [k for k in range(digits.network.conv().filters) if digits.freezing.is_frozen(0, k)]
    assert len(rows) == len(frozen)
    assert frozen_names(digits) == frozen
    can_be_trained(qtbot, digits, steps)
    bench.document.undo_stack.undo()
    can_be_trained(qtbot, digits, steps)


@pytest.mark.parametrize(
    "act",
    [
        lambda layers: layers.remove_layer(1),
        lambda layers: layers.add_layer("tanh", 0),
        lambda layers: layers.add_layer("conv", -1),
        lambda layers: layers.add_layer("conv", 3),
        lambda layers: layers.move_layer(1, 3),
        lambda layers: layers.move_layer(0, 2),
    ],
    ids=["remove", "add behind", "add before", "add last", "move another", "move it"],
)
def test_whatever_is_done_to_the_layers_the_same_kernels_are_frozen(
    qtbot, bench, digits, layers, steps, act
):
    second = digits.network.convs[1]
    mine, other = (digits.network.conv(at) for at in (0, second))
    digits.freezing.set_kernel(0, 1, True)
    digits.freezing.set_layer(second, True)
    act(layers)
    network = digits.network
    where = [at for at in network.convs if digits.freezing.is_frozen(at, 1)]
    whole = [at for at in network.convs if digits.freezing.is_frozen(at)]
    assert [network.conv(at).filters for at in where] == [mine.filters, other.filters]
    assert [network.conv(at).filters for at in whole] == [other.filters]
    can_be_trained(qtbot, digits, steps)
    bench.document.undo_stack.undo()
    can_be_trained(qtbot, digits, steps)


def test_a_layer_that_is_removed_takes_its_marks_with_it(qtbot, bench, digits, layers, steps):
    digits.freezing.set_kernel(0, 1, True)
    digits.freezing.set_layer(0, True)
    layers.remove_layer(0)
    assert not any(
        digits.freezing.is_frozen(at, k) for at in range(len(digits.network.layers)) for k in (0, 1)
    )
    can_be_trained(qtbot, digits, steps)


def test_no_mark_is_handed_to_another_kind_of_layer(bench, digits):
    digits.freezing.set_layer(0, True)
    document = bench.document
    document.undo_stack.undo()  # the network before the task
    for at, layer in enumerate(document.network.layers):
        assert isinstance(layer, Conv2DSpec) or not digits.freezing.is_frozen(at)


def test_weights_changed_by_hand_stay_frozen(qtbot, bench, digits, steps):
    digits.freezing.set_kernel(0, 2, True)
    select(bench, 2)
    KernelEdits(bench.document).set_weights({(0, 0, 0, 2): 0.75})
    steps(digits, 2)
    assert digits.network.conv().kernel[0, 0, 0, 2] == np.float32(0.75)


class TestSingleWeights:
    """One weight, or several, of a kernel whose others learn."""

    @staticmethod
    def held(training, layer=0):
        found = training.freezing.held(layer)
        return set() if found is None else {tuple(map(int, at)) for at in np.argwhere(found)}

    @pytest.mark.parametrize("optimizer", optimizers.ALL)
    def test_they_stay_bit_for_bit_and_the_others_learn(self, bench, digits, steps, optimizer):
        digits.change_setup(optimizer=optimizer, weight_decay=0.1)
        cells = [(1, 2, 0, 0), (0, 0, 0, 3)]
        digits.freezing.set_weights(0, cells, frozen=True)
        before = digits.network.conv().kernel.copy()
        steps(digits, 3)
        after = digits.network.conv().kernel
        stayed = {tuple(map(int, at)) for at in np.argwhere(before == after)}
        assert stayed == set(cells)

    def test_in_the_training_process_they_stay_too(self, qtbot, bench, digits):
        digits.freezing.set_weights(0, [(1, 2, 0, 0)], frozen=True)
        before = digits.network.conv().kernel[1, 2, 0, 0]
        digits.play()
        qtbot.waitUntil(lambda: digits.frame is not None and digits.frame.step > 5)
        digits.freezing.set_weights(0, [(0, 0, 0, 5)], frozen=True)
        qtbot.waitUntil(lambda: np.count_nonzero(~_learns(digits)) == 2)
        then, frozen_at = digits.network.conv().kernel[0, 0, 0, 5], digits.frame.step
        qtbot.waitUntil(lambda: digits.frame.step > frozen_at + 5)
        digits.pause()
        qtbot.waitUntil(lambda: not digits.running)
        after = digits.network.conv().kernel
        assert (after[1, 2, 0, 0], after[0, 0, 0, 5]) == (before, then)
        assert self.held(digits) == {(1, 2, 0, 0), (0, 0, 0, 5)}

    def test_several_are_one_entry_and_come_and_go_with_undo(self, bench, digits):
        cells, stack = [(0, 0, 0, 1), (1, 1, 0, 1), (2, 2, 0, 1)], bench.document.undo_stack
        digits.freezing.set_weights(0, cells, frozen=True)
        assert stack.undoText() == "Freeze 3 weights"
        assert self.held(digits) == set(cells)
        digits.freezing.set_weights(0, cells[:1], frozen=False)
        assert stack.undoText() == "Let weight learn"
        assert self.held(digits) == set(cells[1:])
        stack.undo()
        assert self.held(digits) == set(cells)
        stack.undo()
        assert digits.freezing.held(0) is None
        stack.redo()
        assert self.held(digits) == set(cells)

    def test_they_go_with_their_kernel_and_a_copy_learns(self, bench, digits, bank):
        digits.freezing.set_weights(0, [(1, 2, 0, 2)], frozen=True)
        bank.move([2], 0)
        assert self.held(digits) == {(1, 2, 0, 0)}
        select(bench, 0)
        bank.duplicate()
        assert self.held(digits) == {(1, 2, 0, 0)}
        select(bench, 0)
        bank.remove()
        assert self.held(digits) == set()
        bench.document.undo_stack.undo()
        assert self.held(digits) == {(1, 2, 0, 0)}

    def test_they_go_with_their_layer(self, bench, digits, layers):
        second = digits.network.convs[1]
        digits.freezing.set_weights(second, [(0, 1, 3, 4)], frozen=True)
        layers.add_layer("tanh", 0)
        assert self.held(digits, second + 1) == {(0, 1, 3, 4)}

    def test_a_weight_stays_while_the_kernel_it_looks_at_is_moved(self, bench, digits, bank):
        second = digits.network.convs[1]
        digits.freezing.set_weights(second, [(0, 1, 3, 4)], frozen=True)
        bank.move([3], 0)
        assert self.held(digits, second) == {(0, 1, 0, 4)}

    def test_another_size_keeps_those_that_are_still_there(self, bench, digits):
        edits, (rows, columns) = KernelEdits(bench.document), digits.network.conv().kernel_size
        assert (rows, columns) == (5, 5)
        digits.freezing.set_weights(0, [(2, 2, 0, 0), (1, 2, 0, 0), (0, 0, 0, 0)], frozen=True)
        edits.resize_bank(3, 3)
        assert self.held(digits) == {(1, 1, 0, 0), (0, 1, 0, 0)}
        edits.resize_bank(7, 7)
        assert self.held(digits) == {(3, 3, 0, 0), (2, 3, 0, 0)}
        bench.document.undo_stack.undo()
        bench.document.undo_stack.undo()
        assert self.held(digits) == {(2, 2, 0, 0), (1, 2, 0, 0), (0, 0, 0, 0)}

    def test_a_kernel_and_a_layer_hold_all_of_theirs(self, digits):
        filters = digits.network.conv().filters
        digits.freezing.set_kernel(0, 2, frozen=True)
        assert self.held(digits) == {(r, c, 0, 2) for r in range(5) for c in range(5)}
        assert digits.freezing.holds(0, (0, 0, 0, 2))
        assert not digits.freezing.holds(0, (0, 0, 0, 1))
        digits.freezing.set_layer(0, frozen=True)
        assert len(self.held(digits)) == 25 * filters
        assert not digits.freezing.holds(0, (9, 0, 0, 0))
        assert digits.freezing.held(1) is None

    def test_what_is_held_is_looked_up_once_for_all_frames_of_a_run(self, digits, steps):
        digits.freezing.set_weights(0, [(1, 2, 0, 0)], frozen=True)
        first = digits.freezing.held(0)
        steps(digits, 2)
        assert digits.freezing.held(0) is first


def _learns(training):
    learns = training.frame.learns
    return np.ones(1, bool) if learns is None else learns

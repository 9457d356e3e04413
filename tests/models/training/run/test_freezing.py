"""Frozen kernels and layers stay frozen wherever they go, and marks of what is gone are gone."""

import numpy as np
import pytest

from playground.core.specs import Conv2DSpec
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

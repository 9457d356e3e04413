"""All weights of a layer as a table, watched by Qt's model tester all the while."""

import numpy as np
import pytest
from PySide6.QtTest import QAbstractItemModelTester

from playground.core.kernels import bank
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.kernels.stack_model import StackModel, StackRole
from playground.models.network.network_edits import NetworkEdits
from playground.models.state.document import Document


@pytest.fixture
def document(qtbot):
    return Document(Session(None, NetworkSpec((starter_bank(3),))))


@pytest.fixture
def model(document):
    model = StackModel(document)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def assert_mirrored(model, conv):
    assert (model.rowCount(), model.columnCount()) == (conv.filters, conv.channels)
    for kernel in range(conv.filters):
        for channel in range(conv.channels):
            index = model.index(kernel, channel)
            weights = index.data(StackRole.WEIGHTS)
            np.testing.assert_array_equal(weights, conv.kernel[:, :, channel, kernel])
            assert index.data(StackRole.LEVEL) == np.abs(conv.kernel[..., kernel]).max()


def test_rows_are_kernels_and_columns_channels(document, model):
    assert_mirrored(model, document.conv)


def test_a_changed_weight_tells_of_its_kernel_and_no_other(qtbot, document, model):
    changed = bank.set_weights(document.conv, {(0, 1, 2, 5): 9.0})
    with qtbot.waitSignal(model.dataChanged) as told:
        document.change_conv("x", changed)
    first, last, _ = told.args
    assert (first.row(), last.row()) == (5, 5)
    assert (first.column(), last.column()) == (0, 2)
    assert_mirrored(model, document.conv)


def test_kernels_sizes_and_undo_are_followed(document, model):
    conv = document.conv
    for change in (
        bank.remove(conv, [0, 3]),
        bank.with_kernels(conv, np.ones((5, 2, 3, 12))),
        bank.duplicate(conv, [1]),
    ):
        document.change_conv("x", change)
        assert_mirrored(model, document.conv)
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        assert_mirrored(model, document.conv)


def test_another_layer_is_another_table(document, model):
    NetworkEdits(document).add_layer("conv", 0)
    document.selection.set_layer(document.network.convs[-1])
    assert_mirrored(model, document.conv)
    assert model.columnCount() == 12

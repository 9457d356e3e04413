"""The patches that excite the selected kernel are searched while somebody looks, newest first."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from playground.core.convolve.geometry import unit_fields
from playground.core.explain.strongest import find_patch, strongest_patches
from playground.core.network.layer_input import layer_input
from playground.models.training.inspect.strong_patches import PatchesModel, PatchRole
from tests.models.made_tasks import chosen


@pytest.fixture
def patches(bench):
    return bench.patches


def reported(qtbot, patches, holds=lambda report: True):
    qtbot.waitUntil(lambda: patches.answer is not None and holds(patches.answer))
    return patches.answer


def test_nothing_is_searched_before_somebody_looks(qtbot, bench, lines, patches):
    bench.document.selection.set_kernel(2)
    assert patches.answer is None
    patches.set_watched(True)
    assert reported(qtbot, patches).kernel == 2


def test_they_are_those_of_the_network_as_it_is(qtbot, bench, lines, patches):
    patches.set_watched(True)
    report = reported(qtbot, patches)
    expected = strongest_patches(bench.document.network, 0, 0, lines.task.inputs)
    assert [one.example for one in report.patches] == [one.example for one in expected]
    assert report.class_name(report.patches[0]) in lines.task.class_names


def test_another_kernel_and_a_weight_changed_by_hand_are_searched_anew(
    qtbot, bench, lines, patches
):
    patches.set_watched(True)
    reported(qtbot, patches)
    bench.document.selection.set_kernel(3)
    first = reported(qtbot, patches, lambda report: report.kernel == 3)
    conv = bench.document.conv
    kernel = conv.kernel.copy()
    kernel[..., 3] *= 2
    bench.document.change_conv("Twice", type(conv)(kernel, conv.bias, conv.names))
    second = reported(qtbot, patches, lambda report: report is not first)
    assert second.patches[0].value == pytest.approx(2 * first.patches[0].value, rel=1e-4)


def test_while_it_trains_they_are_searched_again_and_again(qtbot, lines, patches):
    patches.set_watched(True)
    reported(qtbot, patches)
    lines.play()
    for _ in range(2):
        with qtbot.waitSignal(patches.changed):
            pass
    lines.pause()
    qtbot.waitUntil(lambda: not lines.running)


def test_a_deep_layer_of_a_picture_task_has_patches_of_the_picture(qtbot, bench, training, patches):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("denoise"))
    patches.set_watched(True)
    bench.document.selection.set_layer(training.network.convs[-1])
    report = reported(qtbot, patches, lambda report: report.layer > 0)
    assert report.class_name(report.patches[0]) == ""
    patches.point_at(0)
    picture, patch = bench.document.picture.pixels, report.patches[0]
    top, left = find_patch(picture, training.task.inputs[patch.example])
    size, layers = picture.shape[:2], bench.document.network.layers
    field = unit_fields(size, layers).of(*bench.document.selection.pixel)
    assert (field.top, field.left) == (top + patch.field.top, left + patch.field.left)


def test_pointing_at_a_patch_of_a_copied_filter_does_not_begin_the_task_anew(
    qtbot, bench, copying, patches
):
    task = copying.task
    patches.set_watched(True)
    report = reported(qtbot, patches)
    patches.point_at(0)
    row, column = bench.document.selection.pixel
    document = bench.document
    values = layer_input(document.picture.pixels, document.network.layers)
    assert values[row, column, 0] == pytest.approx(report.patches[0].value, rel=1e-3)
    assert copying.task is task
    assert document.undo_stack.undoText() != "Example as input"


def test_a_network_that_cannot_be_computed_is_told_in_a_sentence(qtbot, bench, lines, patches):
    conv = bench.document.conv
    wrapped = type(conv)(conv.kernel, conv.bias, conv.names, edge="wrap")
    bench.document.change_conv("Wrap", wrapped)
    patches.set_watched(True)
    qtbot.waitUntil(lambda: "edge mode zero" in patches.problem)
    assert patches.answer is None


def test_the_model_is_sound_and_says_all_there_is_to_say(qtbot, lines, patches):
    model = PatchesModel(patches)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert model.rowCount() == 0
    patches.set_watched(True)
    report = reported(qtbot, patches)
    assert model.rowCount() == 9
    index, patch = model.index(0), report.patches[0]
    assert np.array_equal(index.data(PatchRole.PIXELS), patch.pixels)
    assert index.data(PatchRole.VALUE) == patch.value
    words = index.data(Qt.ItemDataRole.ToolTipRole)
    for part in (f"Example {patch.example}", f"row {patch.row}", f"column {patch.column}"):
        assert part in words
    assert report.class_name(patch) in words
    assert f"{patch.value:+.4g}" in words
    lines.choose(chosen("lines"))
    qtbot.waitUntil(lambda: patches.answer is not report)

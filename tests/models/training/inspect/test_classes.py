"""What a classifier thinks is looked at while somebody looks, and is that of the present task."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.core.explain.classification import class_report, classify_all
from playground.core.network.building import build
from playground.core.pictures.picture import Picture
from playground.core.specs import NetworkSpec
from playground.files.pictures.examples import load_example
from playground.files.pictures.sources import ArraySource
from playground.models.training.inspect.class_models import ClassRole, ExamplesModel
from playground.models.worker import LatestWorker
from tests.models.made_tasks import chosen


def watch(classes):
    """As the page and what stands below the picture do."""
    classes.set_watched(True)
    classes.one.set_watched(True)


def network_of(training):
    return build(training.network, training.task.inputs.shape[1:])


def test_nothing_is_reported_before_somebody_looks(qtbot, lines, steps, classes):
    steps(lines, 1)
    assert classes.report is None
    with qtbot.waitSignal(classes.reported):
        watch(classes)


def test_the_report_is_the_cores_for_the_present_weights(qtbot, lines, steps, classes):
    steps(lines, 3)
    watch(classes)
    qtbot.waitUntil(lambda: classes.report is not None)
    pictures, labels = lines.task.validation
    expected = class_report(network_of(lines), pictures, labels, len(lines.task.class_names))
    assert np.array_equal(classes.report.confusion, expected.confusion)


def test_the_picture_that_is_shown_is_classified_when_it_changes(qtbot, bench, lines, classes):
    watch(classes)
    qtbot.waitUntil(lambda: classes.guess is not None)
    pixels = np.random.default_rng(5).random((60, 60, 1), np.float32)
    bench.document.change_picture("Other", Picture(pixels, "other", (60, 60)), bench.document.conv)
    assert classes.guess is None
    qtbot.waitUntil(lambda: classes.guess is not None)
    shape = lines.task.inputs.shape[1:]
    example = load_example(ArraySource("other", pixels), shape, white_on_black=True).pixels
    chances = classify_all(network_of(lines), example[np.newaxis])[0]
    assert [chance for _, chance in classes.guess.chances] == sorted(chances)[::-1]
    assert np.array_equal(classes.guess.example.pixels, example)


def test_an_example_becomes_the_picture_as_one_undo_step(bench, lines, classes):
    before, undo = bench.document.picture, bench.document.undo_stack
    classes.make_input(4)
    assert np.array_equal(bench.document.picture.pixels, classes.examples[4])
    assert undo.undoText() == "Example as input"
    undo.undo()
    assert bench.document.picture is before


@pytest.mark.parametrize("name", ["classes", "guess"])
def test_a_network_that_ends_in_other_things_than_classes_is_no_surprise(
    qtbot, bench, lines, steps, classes, name, caplog
):
    steps(lines, 1)
    layers = bench.document.network.layers
    bench.document.change_network("Without its end", NetworkSpec(layers[:-1]))
    with qtbot.waitSignal(bench.findChild(LatestWorker, name).failed) as failed:
        watch(classes)
    assert "the network must end with a dense layer" in failed.args[0].message
    assert not caplog.records


def test_another_task_begins_with_no_report_and_never_gets_that_of_the_last(
    qtbot, lines, steps, classes
):
    watch(classes)
    qtbot.waitUntil(lambda: classes.report is not None)
    reports = []
    with qtbot.waitSignal(lines.task_changed):
        lines.choose(chosen("shapes"))
    assert classes.report is None
    classes.reported.connect(reports.append)
    qtbot.waitUntil(lambda: classes.report is not None)
    count = len(lines.task.class_names)
    assert all(each.confusion.shape == (count, count) for each in reports)


def test_outputs_that_are_no_numbers_name_no_class_and_that_is_said(
    qtbot, bench, lines, steps, classes
):
    steps(lines, 1)
    kernel = np.full_like(bench.document.conv.kernel, 3e38)
    bench.document.change_conv("Far too large", replace(bench.document.conv, kernel=kernel))
    watch(classes)
    qtbot.waitUntil(lambda: classes.report is not None and bool(classes.one.problem))
    count = len(lines.task.validation[1])
    assert f"not finite numbers for {count} of {count} pictures" in classes.problem
    assert classes.guess is None
    assert "no class" in classes.one.problem
    assert not classes.report.confusion.any()
    assert classes.report.accuracy == 0
    examples = ExamplesModel(classes)
    examples.set_mistaken(True)
    index = examples.index(0)
    assert index.data(ClassRole.CHANCES) == ()
    assert not index.data(ClassRole.RIGHT)
    assert "not finite numbers" in index.data(Qt.ItemDataRole.ToolTipRole)

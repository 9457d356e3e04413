"""The matrix and the examples as Qt lists them."""

import numpy as np
from PySide6.QtTest import QAbstractItemModelTester

from playground.models.training.inspect.class_models import ClassRole, ConfusionModel, ExamplesModel
from playground.models.training.tasks.task_choices import preset_goal
from tests.models.made_tasks import chosen

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_an_example_can_be_shown_in_colour(qtbot, bench, lines, classes):
    classes.make_input(4)
    with qtbot.waitSignal(bench.loading.opened):
        bench.loading.set_colour("rgb")
    assert np.array_equal(bench.document.picture.pixels[..., :1], classes.examples[4])


def test_both_models_obey_qts_rules_while_reports_and_tasks_change(qtbot, lines, steps, classes):
    matrix, examples = ConfusionModel(classes, classes), ExamplesModel(classes, classes)
    testers = [QAbstractItemModelTester(model, FATAL) for model in (matrix, examples)]
    classes.set_watched(True)
    qtbot.waitUntil(lambda: matrix.rowCount() == len(lines.task.class_names))
    with qtbot.waitSignal(classes.reported):
        steps(lines, 1)
    examples.set_mistaken(True)
    rows = range(examples.rowCount())
    assert not any(examples.index(row).data(ClassRole.RIGHT) for row in rows)
    examples.set_mistaken(False)
    with qtbot.waitSignal(lines.task_changed):
        lines.choose(chosen("copy", goal=preset_goal("sobel_x", 1)))
    assert matrix.rowCount() == examples.rowCount() == 0
    assert testers

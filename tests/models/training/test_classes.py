"""What a classifier thinks belongs to the task that it was asked about."""

from PySide6.QtCore import Qt

from playground.models.training.class_models import ClassRole, ConfusionModel, ExamplesModel
from playground.models.training.task_choice import TaskChoice


def test_with_another_task_nothing_of_the_one_before_is_looked_up(qtbot, bench, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(TaskChoice("digits"))
    matrix, examples = ConfusionModel(bench.classes), ExamplesModel(bench.classes)
    bench.classes.set_watched(True)
    qtbot.waitUntil(lambda: bench.classes.report is not None)
    assert (matrix.rowCount(), examples.rowCount()) == (10, 60)
    sizes = []
    training.task_changed.connect(lambda _: sizes.append((matrix.rowCount(), examples.rowCount())))
    training.choose(TaskChoice("lines"))
    qtbot.waitUntil(lambda: bench.classes.report is not None and bool(sizes))
    assert sizes == [(0, 0)]
    assert matrix.rowCount() == len(training.task.class_names)
    for row in range(examples.rowCount()):
        index = examples.index(row)
        assert index.data(Qt.ItemDataRole.DisplayRole) in training.task.class_names
        assert len(index.data(ClassRole.CHANCES)) == 3

"""What a choice becomes, and what it asks for."""

import pytest

from playground.core.network.building import weights_of
from tests.models.made_tasks import chosen


def test_a_task_without_a_picture_asks_for_one(qtbot):
    from playground.models.workbench import Workbench

    workbench = Workbench()
    with qtbot.waitSignal(workbench.document.problem) as problem:
        workbench.training.choose(chosen("denoise"))
    assert "open one" in problem.args[0]
    workbench.close()


def test_digits_come_with_two_blocks_and_a_dense_layer(qtbot, bench, training):
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(chosen("digits"))
    assert training.task.class_names == tuple("0123456789")
    assert len(bench.document.network.convs) == 2
    assert next(w.shape for w in weights_of(bench.document.network)) == (5, 5, 1, 8)


def test_a_data_set_is_held_once_however_often_it_is_chosen():
    first, again = (chosen("lines").make(None)[0] for _ in range(2))
    assert first is not again
    assert first.inputs is again.inputs
    assert first.validation[0] is again.validation[0]


@pytest.mark.parametrize(
    ("choice", "missing"),
    [
        (chosen("own"), "a folder"),
        (chosen("which"), "a picture before and a picture after"),
        (chosen("copy"), "the kernel"),
    ],
)
def test_a_choice_without_its_parts_says_what_is_missing(qtbot, bench, lines, choice, missing):
    task = lines.task
    with qtbot.waitSignal(bench.document.problem) as problem:
        lines.choose(choice)
    assert problem.args[0].startswith(f"Choose {missing}")
    assert lines.task is task

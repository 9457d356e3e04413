"""Output and target are compared while somebody looks at a task made of one picture."""

import numpy as np

from playground.core.tasks.comparison import compare


def test_only_a_task_of_one_picture_has_a_target(qtbot, bench, lines):
    bench.target.set_watched(True)
    assert bench.target.task is None
    assert bench.target.answer is None
    assert not bench.target.asking


def test_the_answer_is_the_cores_for_the_weights_that_are_shown(qtbot, bench, copying, steps):
    steps(copying, 2)
    with qtbot.waitSignal(bench.target.changed):
        bench.target.set_watched(True)
    report = bench.target.answer
    assert report.task is copying.task
    expected = compare(copying.task, copying.network)
    assert np.array_equal(report.comparison.made, expected.made)
    assert bench.target.step == 2

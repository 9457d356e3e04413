"""The weight that is clicked is the one that is explained."""

import numpy as np
import pytest


@pytest.fixture
def why(bench):
    bench.why.set_watched(True)
    return bench.why


def answer(qtbot, why, holds=lambda answer: True):
    qtbot.waitUntil(lambda: why.answer is not None and holds(why.answer))
    return why.answer


def gradients(training):
    return training.run.unpacked(training.frame.gradients)


def test_the_answer_is_that_of_the_step_to_come(qtbot, bench, copying, steps, why):
    bench.document.selection.set_weight((2, 1))
    steps(copying, 3)
    found = answer(qtbot, why, lambda a: a.step == 3)
    assert found.explanation.weight == copying.network.conv().kernel[2, 1, 0, 0]
    assert found.explanation.gradient == gradients(copying)[0][2, 1, 0, 0]
    steps(copying, 1)
    assert found.rule[-1].value == pytest.approx(
        copying.network.conv().kernel[2, 1, 0, 0], abs=1e-6
    )


def test_another_weight_another_answer(qtbot, bench, copying, steps, why):
    steps(copying, 1)
    for weight in ((0, 0), (1, 2)):
        bench.document.selection.set_weight(weight)
        found = answer(qtbot, why, lambda a, w=weight: a.explanation.place.tap == (*w, 0))
        assert found.explanation.gradient == gradients(copying)[0][(*weight, 0, 0)]


def test_the_bias_and_another_example_can_be_asked_for(qtbot, bench, copying, steps, why):
    steps(copying, 1)
    why.set_bias(True)
    found = answer(qtbot, why, lambda a: a.explanation.place.tap is None)
    assert found.explanation.gradient == gradients(copying)[1][0]
    why.show_example(5)
    answer(qtbot, why, lambda a: a.explanation.example == 5)


def test_the_check_measures_the_slope(qtbot, bench, copying, steps, why):
    bench.document.selection.set_weight((1, 1))
    steps(copying, 1)
    answer(qtbot, why)
    why.check()
    found = answer(qtbot, why, lambda a: a.checked is not None)
    assert not found.checked.kink
    assert found.checked.across == pytest.approx(found.explanation.gradient, rel=1e-4, abs=1e-6)


def test_before_the_first_step_the_coming_one_is_explained(qtbot, bench, copying, why):
    bench.document.selection.set_weight((1, 1))
    found = answer(qtbot, why)
    assert found.step == 0
    assert np.isfinite(found.explanation.gradient)


def test_without_a_weight_there_is_nothing_to_explain(qtbot, bench, copying, steps, why):
    bench.document.selection.set_weight((1, 1))
    steps(copying, 1)
    answer(qtbot, why)
    bench.document.selection.set_weight(None)
    qtbot.waitUntil(lambda: why.answer is None)

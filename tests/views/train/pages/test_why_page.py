"""Clicking a weight while training pauses shows why it moves, in the numbers of the step."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.core.explain.gradient_explanation import GradientExplanation, Slope, WeightPlace
from playground.core.explain.update_rule import FROZEN, RuleLine
from playground.models.training.inspect.why import Answer
from playground.models.words.rule_words import where_lines
from playground.views.train.pages.why_page import rule_lines, slope_text, sum_lines
from tests.views.train.hands import click, paused, reached

LEFT = Qt.MouseButton.LeftButton


def gradients(model):
    return model.run.unpacked(model.frame.gradients)


def answered(qtbot, page, holds=lambda text: True):
    qtbot.waitUntil(lambda: bool(page.sums.text()) and holds(page.sums.text()))


def test_a_click_in_the_grid_is_answered_with_the_gradient_used(qtbot, window, copying):
    page = window.train.pages.why
    window.train.pages.show_page(page)
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    grid = window.kernel.grids.grids[0]
    place = grid.visualRect(grid.table.index(0, 2)).center()
    QTest.mouseClick(grid.viewport(), LEFT, pos=place)
    answered(qtbot, page)
    used = gradients(copying)[0][0, 2, 0, 0]
    assert f"∂L/∂w = {used:+.4g}" in page.rule.text()
    total = page.sums.text().splitlines()[1].split("= ")[1]
    assert float(total) == float(f"{used:+.4g}")
    assert page.products.values.shape == page.errors.values.shape
    letters = where_lines(window.bench.why.answer.rule)
    assert letters
    assert page.where.text().splitlines() == letters


def test_a_sum_that_nearly_cancels_is_shown_in_the_digits_that_are_exact():
    place = WeightPlace(0, 0, (0, 0, 0))
    empty = np.zeros((1, 1))
    parts = np.array([1234.5678, -1234.5677])
    for used in (float(parts.sum()), 0.00011, 0.000142, -0.00002):
        found = GradientExplanation(place, 0, empty, empty, empty, parts, used, 1.0, 0)
        rule = RuleLine("g", used, f"{used:+.4g}"), RuleLine("w", 0.0, "+1 → +0")
        answer = Answer(0, found, rule, None)
        total = sum_lines(answer)[1].split(" = ")[1]
        line, more, *_ = rule_lines(answer)
        assert line.split(" = ")[1] == total
        longer = f"{used:+.4g}"
        assert more.startswith("in more digits") == (total != longer)
        assert more.startswith("w") or more == f"in more digits, g = {longer}"


def test_check_puts_the_slope_beside_it(qtbot, window, copying):
    page = window.train.pages.why
    window.train.pages.show_page(page)
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    window.bench.document.selection.set_weight((1, 1))
    answered(qtbot, page)
    click(page.check)
    qtbot.waitUntil(lambda: page.checked.isVisible())
    slope = float(page.checked.text().split("= ")[1])
    assert page.checked.toolTip() == f"ε = {window.bench.why.answer.checked.epsilon:g}"
    assert abs(slope - gradients(copying)[0][1, 1, 0, 0]) < 1e-3 * max(1, abs(slope))
    click(page.bias)
    qtbot.waitUntil(lambda: not page.checked.isVisible())


def test_a_kink_is_said_with_the_slope_on_either_side():
    said = slope_text(Slope(0.5, 0.25, 0.75, 1e-3, kink=True))
    assert "kink" in said
    assert said.index("+0.25 just below") < said.index("+0.75 just above")


def test_a_frozen_weight_is_said_to_be_frozen():
    place = WeightPlace(0, 0, (0, 0, 0))
    found = GradientExplanation(place, 0, *(np.zeros((1, 1)),) * 3, np.ones(1), 1.0, 1.0, 0)
    rule = RuleLine("g", 1.0, "+1"), RuleLine(FROZEN, 1.0, "+1 → +1")
    assert rule_lines(Answer(0, found, rule, None))[-2:] == [f"frozen: {FROZEN}", "  +1 → +1"]


def test_the_examples_of_the_batch_can_be_leafed_through(qtbot, window, copying):
    page = window.train.pages.why
    window.train.pages.show_page(page)
    window.bench.document.selection.set_weight((1, 1))
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    answered(qtbot, page)
    first = page.example.text()
    click(page.forward)
    qtbot.waitUntil(lambda: page.example.text() != first)


def test_another_weight_takes_the_old_answer_away_and_leaves_the_buttons(qtbot, window, copying):
    page, selection = window.train.pages.why, window.bench.document.selection
    window.train.pages.show_page(page)
    selection.set_weight((0, 2))
    answered(qtbot, page)
    page.forward.setFocus()
    selection.set_weight((1, 1))
    assert page.sums.text() == page.rule.text() == page.example.text() == ""
    assert page.errors.values is page.inputs.values is page.products.values is None
    assert page.forward.isVisible()
    answered(qtbot, page)
    assert window.bench.why.answer.explanation.place.tap == (1, 1, 0)
    click(page.forward)
    answered(qtbot, page)
    assert page.forward.isVisible()


def test_while_training_runs_another_weight_is_to_be_asked_for_at_the_pause(
    qtbot,
    window,
    copying,
):
    page, selection = window.train.pages.why, window.bench.document.selection
    window.train.pages.show_page(page)
    selection.set_weight((0, 2))
    answered(qtbot, page)
    click(window.train.run_controls.play)
    reached(qtbot, copying, 5)
    selection.set_weight((1, 1))
    assert page.hint.isVisible()
    assert page.hint.text().startswith("Pause")
    assert page.sums.text() == ""
    copying.pause()
    paused(qtbot, copying)
    answered(qtbot, page)
    assert not page.hint.isVisible()
    assert page.example.text().startswith(f"next step, {copying.frame.step + 1} ")


def test_a_weight_frozen_in_the_grids_menu_stays_and_why_says_so(qtbot, window, copying):
    page, grid = window.train.pages.why, window.kernel.grids.grids[0]
    window.train.pages.show_page(page)
    grid.choose([(0, 2, 0, 0), (1, 1, 0, 0)])
    entries = {action.text(): action for action in grid.menu().actions()}
    entries["Freeze these 2 weights"].trigger()
    before = window.bench.document.conv.kernel.copy()
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    stayed = np.argwhere(window.bench.document.conv.kernel == before)
    assert stayed.tolist() == [[0, 2, 0, 0], [1, 1, 0, 0]]
    window.bench.document.selection.set_weight((0, 2))
    answered(qtbot, page)
    assert f"frozen: {FROZEN}" in page.rule.text()
    window.bench.document.selection.set_weight((0, 0))
    answered(qtbot, page, lambda _text: "frozen" not in page.rule.text())
    copying.freezing.set_weights(0, [(0, 0, 0, 0)], frozen=True)
    qtbot.waitUntil(lambda: "frozen" in page.rule.text())

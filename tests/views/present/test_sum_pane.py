"""A sum before a class: whole, or part by part with what each adds up to."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.models.kernels.kernel_edits import KernelEdits


@pytest.fixture
def pane(stage):
    stage.begin()
    stage.show("arithmetic")
    return stage.view.panes["arithmetic"]


def test_a_small_sum_is_seen_whole_with_its_result_beside_it(stage, pane):
    explanation = stage.bench.explainer.explanation
    assert pane.grids.plan.rows == explanation.inside.shape[0]
    assert not pane.subtotal.isVisible()
    assert pane.beside.isVisible()
    assert f"row {explanation.row}, column {explanation.column}" in pane.title.text()


def test_parts_say_what_they_add_up_to(qtbot, stage, pane):
    with qtbot.waitSignal(stage.bench.document.picture_changed):
        stage.bench.loading.set_colour("rgb")
    stage.settle()
    parts = pane.steps.parts
    assert [part.channel for part in parts] == [0, 1, 2]
    assert "channel R (1 of 3)" in pane.subtotal.text()
    QTest.mouseClick(pane.grids, Qt.MouseButton.LeftButton)
    assert "channel G (2 of 3)" in pane.subtotal.text()
    for number in (parts[0].running, parts[1].subtotal, parts[1].running):
        assert f"{number:+.2f}".replace("-", "−") in pane.subtotal.text()
    assert pane.result.isVisible()


def test_a_large_kernel_is_added_up_row_by_row(stage, pane):
    KernelEdits(stage.bench.document).resize_bank(9, 9)
    stage.settle()
    assert pane.grids.plan.stacked
    assert len(pane.steps.parts) == 9
    assert "row 1 (1 of 9)" in pane.subtotal.text()


def test_without_a_value_it_says_what_to_do(stage, pane):
    stage.bench.document.selection.set_pixel(None)
    stage.settle()
    assert "Point at a feature map" in pane.title.text()
    assert pane.grids.plan is None
    assert not pane.result.isVisible()

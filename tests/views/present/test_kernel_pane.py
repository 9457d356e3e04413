"""The weights before a class: all channels where they have room, else the selected one."""

from playground.core.kernels.bank import set_bias
from playground.models.kernels.kernel_edits import KernelEdits


def test_every_channel_of_a_small_kernel_is_seen_where_there_is_room(qtbot, stage):
    with qtbot.waitSignal(stage.bench.document.picture_changed):
        stage.bench.loading.set_colour("rgb")
    stage.begin()
    stage.show("equation")
    pane = stage.view.panes["equation"].kernel
    assert len(pane.grids) == 3
    KernelEdits(stage.bench.document).resize_bank(7, 7)
    stage.settle()
    assert len(pane.grids) == 1
    assert "channel R of 3" in pane.title.text()
    stage.bench.document.selection.set_channel(2)
    stage.settle()
    assert "channel B of 3" in pane.title.text()


def test_whole_weights_have_no_decimals_and_others_two(stage):
    stage.begin()
    stage.show("equation")
    pane = stage.view.panes["equation"].kernel
    grid = pane.grids[0]
    assert [grid.digits.text(value) for value in (-2.0, 0.0, 1.0)] == ["−2", "0", "+1"]
    KernelEdits(stage.bench.document).nudge([(0, 0, 0, 0)], 1)
    stage.settle()
    assert [grid.digits.text(value) for value in (-0.9, 0.0, 1.0)] == ["−0.90", "0", "+1.00"]


def test_bias_and_activation_are_said(stage):
    stage.begin()
    stage.show("equation")
    pane = stage.view.panes["equation"].kernel
    assert pane.below.text() == "+ bias 0"
    conv = set_bias(stage.bench.document.conv, 0, 0.5)
    stage.bench.document.change_conv("x", conv)
    assert pane.below.text() == "+ bias +0.50"


def test_unseen_it_does_nothing_and_seen_again_it_is_up_to_date(stage):
    stage.begin()
    stage.show("equation")
    pane = stage.view.panes["equation"].kernel
    stage.show("curve")
    conv = set_bias(stage.bench.document.conv, 0, 0.5)
    stage.bench.document.change_conv("x", conv)
    assert pane.below.text() == "+ bias 0"
    stage.show("equation")
    assert pane.below.text() == "+ bias +0.50"

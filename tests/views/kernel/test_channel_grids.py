"""The channels side by side, or one of them alone."""

from PySide6.QtTest import QTest

from playground.core.presets import starter_bank
from tests.views.kernel.conftest import KEY, PanelBench, click


class TestChannels:
    def test_one_channel_has_no_switch(self, bench):
        assert not bench.panel.channels.isVisible()
        assert len(bench.panel.grids.grids) == 1

    def test_three_channels_stand_side_by_side(self, qtbot):
        panel = PanelBench(qtbot, channels=3).panel
        assert [b.text() for b in panel.channels.buttons] == ["R", "G", "B", "All"]
        assert [grid.table.channel for grid in panel.grids.grids] == [0, 1, 2]
        assert all(grid.isVisible() for grid in panel.grids.grids)

    def test_one_of_them_can_be_seen_alone(self, qtbot):
        bench = PanelBench(qtbot, channels=3)
        click(bench.panel.channels.buttons[1])
        (grid,) = bench.panel.grids.grids
        assert grid.isVisible()
        assert grid.table.channel == bench.document.selection.channel == 1
        click(bench.panel.channels.buttons[3])
        assert len(bench.panel.grids.grids) == 3

    def test_the_current_grid_is_that_of_the_selected_channel(self, qtbot):
        bench = PanelBench(qtbot, channels=3)
        bench.document.selection.set_channel(2)
        assert bench.panel.grid.table.channel == 2

    def test_many_channels_are_reached_by_number(self, qtbot):
        bench = PanelBench(qtbot, channels=16)
        assert bench.panel.channels.number.isVisible()
        QTest.keyClick(bench.panel.channels.number, KEY.Key_Up)
        assert bench.panel.grid.table.channel == 1

    def test_channels_come_and_go_with_the_picture(self, qtbot):
        bench = PanelBench(qtbot, channels=3)
        bench.document.change_conv("Grey", starter_bank(1))
        assert len(bench.panel.grids.grids) == 1
        assert not bench.panel.channels.isVisible()
        bench.document.undo_stack.undo()
        assert len(bench.panel.grids.grids) == 3

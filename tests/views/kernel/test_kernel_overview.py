"""The overview of many channels: a click chooses a pair, and what is chosen is shown."""

from PySide6.QtCore import QPoint

from tests.views.hand import Hand
from tests.views.kernel.conftest import PanelBench


def overview(qtbot, channels=16):
    bench = PanelBench(qtbot, channels=channels, size=(420, 420))
    return bench.panel.overview, bench.document.selection


def test_it_is_there_where_channels_are_too_many_to_stand_side_by_side(qtbot):
    assert overview(qtbot)[0].isVisible()
    assert not overview(qtbot, channels=3)[0].isVisible()


def test_a_click_selects_the_kernel_and_the_channel(qtbot):
    view, selection = overview(qtbot)
    Hand(view).click(view.visualRect(view.model().index(5, 9)).center())
    assert (selection.kernel, selection.channel) == (5, 9)


def test_it_follows_what_is_selected_elsewhere(qtbot):
    view, selection = overview(qtbot)
    selection.set_kernel(3)
    selection.set_channel(7)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (3, 7)


def test_the_selected_pair_is_marked_in_the_accent(qtbot):
    view, selection = overview(qtbot)
    selection.set_kernel(2)
    selection.set_channel(4)
    shot = view.viewport().grab().toImage()
    corner = view.visualRect(view.model().index(2, 4)).topLeft() + QPoint(1, 1)
    other = view.visualRect(view.model().index(1, 3)).topLeft() + QPoint(1, 1)
    assert shot.pixelColor(corner) != shot.pixelColor(other)

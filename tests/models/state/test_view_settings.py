"""The common pan and zoom stays on the map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.models.state.view_settings import MAX_ZOOM, Viewport, ViewSettings

share = st.floats(0, 1)
moves = st.lists(
    st.tuples(st.sampled_from(["zoom", "move"]), st.floats(-2, 8), share, share), max_size=20
)


@given(moves)
def test_the_window_never_leaves_the_map(steps):
    viewport = Viewport()
    for kind, amount, x, y in steps:
        if kind == "zoom":
            viewport = viewport.zoomed(max(0.01, amount), x, y)
        else:
            viewport = viewport.moved(amount * x, amount * y)
        top, left, bottom, right = viewport.window
        assert -1e-9 <= top < bottom <= 1 + 1e-9
        assert -1e-9 <= left < right <= 1 + 1e-9
        assert 1 <= viewport.zoom <= MAX_ZOOM


def test_zooming_keeps_the_point_under_the_mouse_in_place():
    viewport = Viewport().zoomed(4, 0.4, 0.6)
    top, left, bottom, right = viewport.window
    assert (0.4 - left) / (right - left) == pytest.approx(0.4)
    assert (0.6 - top) / (bottom - top) == pytest.approx(0.6)


def test_a_setting_says_that_it_changed_and_only_then(qtbot):
    settings = ViewSettings()
    with qtbot.waitSignal(settings.levels_changed):
        settings.set_levels("common")
    with qtbot.assertNotEmitted(settings.levels_changed):
        settings.set_levels("common")

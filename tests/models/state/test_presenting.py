"""Which views a class is shown, and what is drawn over them."""

import pytest

from playground.models.state.presenting import PRESENTED, Presenting


@pytest.fixture
def presenting(qapp):
    return Presenting()


def test_a_presentation_begins_with_what_suits_the_mode_and_later_with_what_was_shown(presenting):
    presenting.begin("explore")
    assert presenting.views == ("equation", "arithmetic")
    presenting.begin("train")
    assert presenting.views == ("equation", "curve")
    presenting.show("classes")
    presenting.end()
    presenting.begin("train")
    assert presenting.views == ("curve", "classes")


@pytest.mark.parametrize("view", PRESENTED)
def test_a_view_is_shown_alone_and_the_one_before_is_added(presenting, view):
    presenting.toggle_both()
    before = presenting.views[-1]
    presenting.show(view)
    assert presenting.views == (view,)
    if view != before:
        presenting.toggle_both()
        assert presenting.views == (before, view)


def test_of_two_a_third_takes_the_place_of_the_older_one(presenting):
    presenting.show("curve")
    assert presenting.views == ("arithmetic", "curve")
    presenting.show("curve")
    assert presenting.views == ("curve",)


def test_two_views_are_never_the_same(presenting):
    for view in (*PRESENTED, *reversed(PRESENTED), "map", "map", "curve"):
        presenting.show(view)
        presenting.toggle_both()
        presenting.toggle_both()
        presenting.toggle_both()
        assert len(set(presenting.views)) == len(presenting.views)


def test_lines_are_drawn_told_and_wiped_off(qtbot, presenting):
    with qtbot.waitSignal(presenting.strokes_changed):
        presenting.begin_stroke((0.1, 0.2))
    presenting.extend_stroke((0.3, 0.4))
    presenting.begin_stroke((0.5, 0.5))
    assert presenting.strokes == (((0.1, 0.2), (0.3, 0.4)), ((0.5, 0.5),))
    presenting.clear()
    assert presenting.strokes == ()


def test_the_end_puts_everything_away(presenting):
    for toggle in (presenting.toggle_pen, presenting.toggle_highlight, presenting.toggle_tools):
        toggle()
    presenting.begin_stroke((0, 0))
    presenting.end()
    on = presenting.pen, presenting.highlight, presenting.tools, presenting.strokes
    assert not any(on)

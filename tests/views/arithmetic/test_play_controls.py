"""Play under real clicks and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


def click(button):
    QTest.mouseClick(button, LEFT)


def test_clicks_play_and_pause_and_the_button_says_which(desk):
    play = desk.controls.play
    assert play.accessibleName() == "Play"
    click(play)
    assert desk.player.playing
    assert (play.text(), play.accessibleName()) == ("❚❚", "Pause")
    assert play.toolTip().startswith("Pause")
    click(play)
    assert not desk.player.playing
    assert (play.text(), play.accessibleName()) == ("▶", "Play")
    assert play.toolTip().startswith("Play")


def test_the_space_key_plays_and_pauses_too(desk):
    QTest.keyClick(desk.controls.play, KEY.Key_Space)
    assert desk.player.playing
    QTest.keyClick(desk.controls.play, KEY.Key_Space)
    assert not desk.player.playing


def test_forward_and_back_move_the_pixel_in_reading_order(desk):
    desk.point(1, 23)
    click(desk.controls.forward)
    assert desk.selection.pixel == (2, 0)
    click(desk.controls.back)
    QTest.keyClick(desk.controls.back, KEY.Key_Space)
    assert desk.selection.pixel == (1, 22)


def test_what_plays_is_what_is_taken_apart(desk):
    desk.after(click, desk.controls.play)
    click(desk.controls.play)
    desk.after(click, desk.controls.forward)
    row, column = desk.selection.pixel
    assert desk.panel.header.detail.text().startswith(f"row {row}, column {column} of map 0")


def test_restart_begins_at_the_first_pixel(desk):
    desk.point(3, 7)
    click(desk.controls.again)
    assert desk.player.playing
    assert desk.selection.pixel == (0, 0)


def test_the_whole_map_can_be_called_back_while_only_a_part_is_built(desk):
    whole = desk.controls.whole
    assert not whole.isEnabled()
    click(desk.controls.play)
    assert whole.isEnabled()
    click(whole)
    assert not desk.player.playing
    assert desk.player.revealed is None
    assert not whole.isEnabled()


def test_the_speed_goes_from_1_to_100_by_keys(desk):
    slider, pace = desk.controls.slider, desk.controls.pace
    assert (desk.player.speed, pace.text()) == (pytest.approx(10), "10×")
    QTest.keyClick(slider, KEY.Key_Home)
    assert (desk.player.speed, pace.text()) == (pytest.approx(1), "1×")
    QTest.keyClick(slider, KEY.Key_Right)
    assert desk.player.speed > 1
    QTest.keyClick(slider, KEY.Key_End)
    assert (desk.player.speed, pace.text()) == (pytest.approx(100), "100×")


def test_the_slider_shows_a_speed_that_was_chosen_elsewhere(desk):
    desk.player.set_speed(31.6)
    assert desk.controls.slider.value() == 75
    assert desk.controls.pace.text() == "32×"
    assert desk.player.speed == 31.6


def test_every_control_has_a_name_a_tooltip_and_the_keyboard(desk):
    controls = desk.controls
    buttons = (controls.again, controls.back, controls.play, controls.forward, controls.whole)
    for each in (*buttons, controls.slider):
        assert each.accessibleName()
        assert each.toolTip()
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus

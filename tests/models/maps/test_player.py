"""Play slides the kernel over the image in reading order and builds the map up behind it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QElapsedTimer

from playground.core.kernels import bank
from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import (
    ActivationSpec,
    BlockSpec,
    Conv2DSpec,
    FlattenSpec,
    NetworkSpec,
    Pool2DSpec,
)
from playground.models.maps.player import FASTEST, PIXELS_PER_SECOND, SLOWEST, PixelKeeper, Player
from playground.models.maps.preview import Preview
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings


class Stage:
    """A player on a picture of 6 × 8 pixels, and what it told."""

    def __init__(self, qtbot, picture=True):
        self.qtbot = qtbot
        shown = noise(6, 8) if picture else None
        self.document = Document(Session(shown, NetworkSpec((starter_bank(1),))))
        self.selection = self.document.selection
        self.preview = Preview(self.document, ViewSettings())
        self.player = Player(self.document, self.preview)
        self.revealed, self.pixels, self.playing = [], [], []
        self.player.revealed_changed.connect(self.revealed.append)
        self.player.playing_changed.connect(self.playing.append)
        self.selection.pixel_changed.connect(self.pixels.append)
        self.preview.set_target((0,), 100)
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.preview.busy)

    def change(self, conv):
        """Put in another bank, and wait for its maps."""
        self.document.change_conv("Change", conv)
        self.settle()

    def play_until(self, pixel):
        """Play, and wait until the map is built beyond `pixel`."""
        self.player.play()
        self.qtbot.waitUntil(lambda: self.player.revealed > pixel)

    def play_to_the_end(self, speed=FASTEST):
        self.player.set_speed(speed)
        with self.qtbot.waitSignal(self.player.playing_changed, check_params_cb=lambda on: not on):
            self.player.play()

    def pause_half_way(self):
        """A map that is built to somewhere in its first rows; returns where."""
        self.play_until((0, 2))
        self.player.pause()
        return self.player.revealed

    def close(self):
        self.player.stop()
        self.preview.close()


def noise(height, width, seed=0) -> Picture:
    pixels = np.random.default_rng(seed).random((height, width, 1), np.float32)
    return Picture(pixels, "noise", (width, height))


def wider(conv: Conv2DSpec) -> Conv2DSpec:
    """The bank with kernels of 5 × 5."""
    kernel = np.pad(conv.kernel, ((1, 1), (1, 1), (0, 0), (0, 0)))
    return replace(conv, kernel=kernel)


@pytest.fixture
def stage(qtbot):
    made = Stage(qtbot)
    yield made
    made.close()


@pytest.fixture
def empty_stage(qtbot):
    made = Stage(qtbot, picture=False)
    yield made
    made.close()


def test_the_whole_map_is_shown_before_anything_plays(stage):
    assert not stage.player.playing
    assert stage.player.revealed is None


def test_it_begins_at_the_first_pixel(stage):
    stage.player.play()
    assert stage.player.playing
    assert stage.player.revealed == stage.selection.pixel == (0, 0)
    assert stage.playing == [True]


def test_it_goes_in_reading_order_and_the_pixel_pointed_at_goes_with_it(stage):
    stage.play_to_the_end(FASTEST / 2)
    assert stage.pixels == sorted(set(stage.pixels))
    assert stage.revealed[:-1] == stage.pixels
    assert (stage.pixels[0], stage.pixels[-1]) == ((0, 0), (5, 7))


def test_it_ends_with_the_whole_map(stage):
    stage.play_to_the_end()
    stage.qtbot.waitUntil(lambda: stage.player.revealed is None)
    assert stage.revealed[-1] is None
    assert stage.playing == [True, False]
    assert stage.selection.pixel == (5, 7)


def test_after_the_end_it_begins_anew(stage):
    stage.play_to_the_end()
    stage.player.play()
    assert stage.player.revealed == (0, 0)


def test_a_map_of_one_pixel_is_played_too(stage):
    stage.document.change_picture("Open", noise(1, 1), stage.document.conv)
    stage.settle()
    stage.play_to_the_end()
    assert stage.pixels == [(0, 0)]


def test_pausing_keeps_the_half_built_map_and_playing_goes_on_from_there(stage):
    half = stage.pause_half_way()
    assert not stage.player.playing
    assert stage.selection.pixel == half
    stage.player.play()
    assert stage.player.revealed == half
    assert stage.pixels.count((0, 0)) == 1


def test_pointing_elsewhere_does_not_move_the_place_where_playing_goes_on(stage):
    half = stage.pause_half_way()
    stage.selection.set_pixel((5, 1))
    assert stage.player.revealed == half
    stage.player.play()
    assert stage.selection.pixel == half


def test_one_button_plays_and_pauses(stage):
    stage.player.toggle()
    stage.player.toggle()
    assert stage.playing == [True, False]
    assert stage.player.revealed == (0, 0)


def test_playing_or_pausing_twice_changes_nothing(stage):
    stage.player.play()
    stage.player.play()
    stage.player.pause()
    stage.player.pause()
    assert stage.playing == [True, False]


def test_stopping_shows_the_whole_map(stage):
    stage.pause_half_way()
    stage.player.stop()
    assert stage.player.revealed is None


def test_restarting_begins_at_the_first_pixel(stage):
    stage.play_until((0, 2))
    stage.player.restart()
    assert stage.player.playing
    assert stage.player.revealed == stage.selection.pixel == (0, 0)


@pytest.mark.parametrize("speed", [FASTEST / 4, FASTEST])
def test_it_is_no_faster_than_the_pace_that_is_chosen(stage, speed):
    clock = QElapsedTimer()
    clock.start()
    stage.play_to_the_end(speed)
    assert clock.elapsed() / 1000 >= 0.99 * 47 / (speed * PIXELS_PER_SECOND)


@pytest.mark.parametrize(("asked", "got"), [(0.1, SLOWEST), (7.5, 7.5), (1000, FASTEST)])
def test_the_speed_stays_between_its_ends(stage, asked, got):
    told = []
    stage.player.speed_changed.connect(told.append)
    stage.player.set_speed(asked)
    stage.player.set_speed(asked)
    assert stage.player.speed == got
    assert told == [got]


@pytest.mark.parametrize(
    ("start", "by", "reached"),
    [
        (None, 1, (0, 0)),
        (None, -1, (0, 0)),
        ((0, 0), 1, (0, 1)),
        ((0, 7), 1, (1, 0)),
        ((1, 0), -1, (0, 7)),
        ((2, 3), 8, (3, 3)),
        ((0, 0), -1, (0, 0)),
        ((5, 7), 1, (5, 7)),
    ],
)
def test_a_move_goes_on_in_reading_order_and_not_beyond_the_ends(stage, start, by, reached):
    stage.selection.set_pixel(start)
    stage.player.move(by)
    assert stage.selection.pixel == reached
    assert stage.player.revealed is None


def test_a_move_pauses_and_builds_the_map_by_one_pixel(stage):
    stage.play_until((0, 2))
    row, column = stage.player.revealed
    stage.player.move(1)
    assert not stage.player.playing
    assert stage.player.revealed == stage.selection.pixel
    assert stage.player.revealed == divmod(row * 8 + column + 1, 8)


def test_without_maps_there_is_nothing_to_play(empty_stage):
    empty_stage.player.play()
    empty_stage.player.move(1)
    empty_stage.player.restart()
    assert not empty_stage.player.playing
    assert empty_stage.selection.pixel is None


def test_it_plays_on_while_weights_names_and_activation_change(stage):
    stage.player.set_speed(SLOWEST)
    stage.player.play()
    conv = bank.set_weights(stage.document.conv, {(0, 0, 0, 0): 3.0})
    stage.change(bank.set_bias(bank.rename(conv, 0, "mine"), 0, 1.0))
    stage.document.change_block("Tanh", BlockSpec(stage.document.conv, ActivationSpec("tanh")))
    stage.settle()
    assert stage.player.playing
    assert stage.player.revealed is not None


SMALLER = {
    "stride": lambda conv: replace(conv, stride=2),
    "padding": lambda conv: replace(conv, padding="valid"),
    "dilation": lambda conv: replace(conv, dilation=2),
    "edge": lambda conv: replace(conv, edge="wrap"),
    "flip": lambda conv: replace(conv, flip=True),
    "kernel size": wider,
}


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("change", SMALLER)
def test_it_stops_when_the_kernel_s_way_over_the_image_changes(stage, change, paused):
    stage.player.set_speed(SLOWEST)
    stage.player.play()
    if paused:
        stage.player.pause()
    stage.document.change_conv("Change", SMALLER[change](stage.document.conv))
    assert not stage.player.playing
    assert stage.player.revealed is None


def test_a_paused_map_that_became_smaller_is_not_played_from_a_pixel_it_does_not_have(stage):
    stage.change(replace(stage.document.conv, padding="valid"))
    stage.pause_half_way()
    stage.selection.set_pixel((0, 4))
    stage.player.move(1)
    assert stage.player.revealed == (0, 5)
    stage.change(wider(stage.document.conv))
    assert stage.preview.map_size == (2, 4)
    stage.player.play()
    assert stage.player.revealed == (0, 0)


def test_it_stops_when_pooling_or_the_picture_changes(stage):
    stage.player.play()
    stage.document.change_block("Pool", replace(stage.document.block, pool=Pool2DSpec()))
    assert stage.player.revealed is None
    stage.settle()
    stage.player.play()
    stage.document.change_picture("Open", noise(6, 8, seed=1), stage.document.conv)
    assert not stage.player.playing
    assert stage.player.revealed is None


def test_it_stops_when_there_are_no_maps_any_more(stage):
    stage.document.change_block("Pool", replace(stage.document.block, pool=Pool2DSpec("max", 7)))
    stage.player.play()
    stage.qtbot.waitUntil(lambda: not stage.player.playing)
    assert stage.player.revealed is None
    assert stage.preview.map_size is None


@pytest.fixture
def document(qapp):
    second = Conv2DSpec(np.ones((3, 3, 12, 2)), np.zeros(2), ("a", "b"))
    third = Conv2DSpec(np.ones((3, 3, 2, 2)), np.zeros(2), ("a", "b"))
    layers = (starter_bank(1), Pool2DSpec(), second, Pool2DSpec(), FlattenSpec(), third)
    picture = Picture(np.zeros((40, 60, 1), np.float32), "dark", (60, 40))
    document = Document(Session(picture, NetworkSpec(layers)))
    document.keeper = PixelKeeper(document)
    return document


def test_the_pixel_moves_with_the_size_of_the_maps(document):
    selection = document.selection
    selection.set_pixel((19, 29))
    selection.set_layer(2)
    assert selection.pixel == (9, 14)
    selection.set_layer(0)
    assert selection.pixel == (18, 28)


def test_sizes_that_change_in_between_are_noted(document):
    selection = document.selection
    document.change_network("Pool", document.network.with_layer(1, Pool2DSpec("max", 4)))
    selection.set_pixel((9, 14))
    selection.set_layer(2)
    assert selection.pixel == (4, 6)


def test_without_maps_the_pixel_stays(document):
    selection = document.selection
    selection.set_pixel((3, 4))
    selection.set_layer(5)
    assert selection.pixel == (3, 4)

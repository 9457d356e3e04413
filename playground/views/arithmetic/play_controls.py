"""The controls of Play: play and pause, one pixel back or on, restart, and the speed."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from playground.models.guard import Guarded
from playground.models.maps.player import FASTEST, SLOWEST, Player
from playground.views.widgets.small_widgets import bare, button, explain, label

_POSITIONS = 100
"""Positions of the slider, about one for each of its pixels.

The scale is logarithmic, so that 1× to 10× is as far as 10× to 100×.
"""


class PlayControls(Guarded, QWidget):
    """Buttons in a row, as on any player."""

    def __init__(self, player: Player) -> None:
        super().__init__()
        self._player = player
        self._to_play = self.tr("Play"), self.tr("slide the kernel over the image, pixel by pixel")
        self._to_pause = self.tr("Pause"), self.tr("stay at this pixel")
        self.play = button("▶", self._to_play[0], player.toggle, what=self._to_play[1])
        back, on = partial(player.move, -1), partial(player.move, 1)
        self.back = button("‹", self.tr("Back"), back, what=self.tr("one pixel back"))
        self.forward = button("›", self.tr("Forward"), on, what=self.tr("one pixel on"))
        self.again = button(
            "↺", self.tr("Restart"), player.restart, what=self.tr("begin at the first pixel")
        )
        self.whole = button(
            self.tr("Whole map"),
            on_click=player.stop,
            what=self.tr("stop playing and show all of it"),
        )
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _POSITIONS)
        self.slider.setFixedWidth(110)
        self.slider.setAccessibleName(self.tr("Speed"))
        self.slider.setToolTip(self.tr("Speed: from 1× (5 pixels a second) to 100×"))
        self.pace = label("", "detail")
        self.pace.setMinimumWidth(self.pace.fontMetrics().horizontalAdvance("100×") + 4)
        row = bare(QHBoxLayout(self), 4)
        for each in (self.again, self.back, self.play, self.forward, self.slider, self.pace):
            row.addWidget(each)
        row.addWidget(self.whole)
        self.slider.valueChanged.connect(self._choose_speed)
        player.playing_changed.connect(self._show_playing)
        player.speed_changed.connect(self._show_speed)
        player.revealed_changed.connect(self._show_revealed)
        self._show_speed(player.speed)
        self._show_revealed(player.revealed)

    def _choose_speed(self, position: int) -> None:
        self._player.set_speed(SLOWEST * (FASTEST / SLOWEST) ** (position / _POSITIONS))

    def _show_speed(self, speed: float) -> None:
        position = round(_POSITIONS * math.log(speed / SLOWEST) / math.log(FASTEST / SLOWEST))
        if self.slider.value() != position:
            with QSignalBlocker(self.slider):
                self.slider.setValue(position)
        self.pace.setText(f"{speed:.0f}×")

    def _show_playing(self, playing: bool) -> None:
        self.play.setText("❚❚" if playing else "▶")
        explain(self.play, *(self._to_pause if playing else self._to_play))

    def _show_revealed(self, pixel: object) -> None:
        self.whole.setEnabled(pixel is not None)

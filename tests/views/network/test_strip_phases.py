"""Slow motion is seen on the strip: the chip at work, numbers that stay, and the loss behind."""

import pytest
from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication

from playground.core.explain.slow_motion import Phase
from playground.views.network.strip_phases import StripPhases
from tests.views.network.conftest import Bench


class Slow(QObject):
    """Stands for the model of slow motion."""

    changed = Signal(object)

    def __init__(self):
        super().__init__()
        self.done, self.moved = (), {}

    def go(self, *phases, moved=None):
        self.done, self.moved = self.done + phases, moved or {}
        self.changed.emit(self.done[-1])

    def end(self):
        self.done, self.moved = (), {}
        self.changed.emit(None)


class Followed(Bench):
    """A strip that follows slow motion."""

    def __init__(self, qtbot, width=1600):
        super().__init__(qtbot, width)
        self.slow = Slow()
        self.phases = StripPhases(self.strip, self.slow)

    def fill(self, row):
        """The colour that a chip is filled with, below its upper edge."""
        QApplication.processEvents()
        chip = self.chip(row)
        shot = self.strip.viewport().grab().toImage()
        return shot.pixelColor(QPoint(chip.right() - 6, chip.top() + 5))

    def look(self):
        QApplication.processEvents()
        return self.strip.viewport().grab().toImage()


@pytest.fixture
def bench(qtbot):
    return Followed(qtbot)


def test_the_chip_at_work_is_filled_with_the_accent_and_no_other(bench):
    accent = bench.strip.palette().highlight().color()
    for kind, layer in (("forward", 3), ("backward", 0)):
        bench.slow.go(Phase(kind, layer, 0.25))
        filled = [row for row in range(10) if bench.fill(row) == accent]
        assert filled == [layer + 1]


def test_the_numbers_stay_until_slow_motion_ends(bench):
    plain = bench.look()
    bench.slow.go(Phase("forward", 0, 0.25), Phase("forward", 1, 0.5))
    both = bench.look()
    bench.slow.go(Phase("loss", None, 2.5))
    assert bench.look() not in (plain, both)
    bench.slow.end()
    assert bench.look() == plain


def test_the_loss_stands_behind_the_last_chip(qtbot):
    bench = Followed(qtbot, width=1900)
    bench.slow.go(Phase("forward", 8, 0.5))
    assert not bench.phases.loss.isVisible()
    bench.slow.go(Phase("loss", None, 2.303))
    assert bench.phases.loss.isVisible()
    assert bench.phases.loss.text() == "loss 2.303"
    assert bench.phases.loss.x() > bench.chip(9).right()
    bench.slow.go(Phase("backward", 8, 0.5))
    assert not bench.phases.loss.isVisible()


def test_at_the_update_every_layer_that_moves_is_filled(bench):
    accent = bench.strip.palette().highlight().color()
    bench.slow.go(Phase("update", None, 0.1), moved={0: 0.01, 3: 0.02, 6: 0.03})
    assert [row for row in range(10) if bench.fill(row) == accent] == [1, 4, 7]


def test_a_chip_and_a_loss_out_of_sight_are_brought_into_sight(qtbot):
    bench = Followed(qtbot, width=400)
    bench.slow.go(Phase("forward", 8, 1.0))
    assert bench.strip.viewport().rect().contains(bench.chip(9).center())
    bench.slow.go(Phase("backward", 0, 1.0))
    assert bench.strip.viewport().rect().contains(bench.chip(1).center())
    bench.slow.go(Phase("loss", None, 1.0))
    assert bench.strip.rect().contains(bench.phases.loss.geometry())


def test_in_explore_the_chips_say_their_shapes(bench):
    plain = bench.look()
    bench.slow.go(Phase("forward", 0, 0.25))
    bench.phases.set_visible(False)
    assert bench.look() == plain
    bench.phases.set_visible(True)
    assert bench.look() != plain

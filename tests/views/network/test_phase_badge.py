"""Slow motion's number lies on the chip of the layer that it is about."""

from PySide6.QtCore import QObject, Signal

from playground.core.explain.slow_motion import Phase
from playground.views.network.phase_badge import PhaseBadge
from tests.views.network.conftest import Bench


class Slow(QObject):
    """Stands for the model of slow motion."""

    changed = Signal(object)


def test_the_badge_goes_from_chip_to_chip_and_says_the_direction(qtbot):
    bench, slow = Bench(qtbot), Slow()
    badge = PhaseBadge(bench.strip, slow)
    assert not badge.isVisible()
    for kind, layer, text in (("forward", 3, "→ 0.25"), ("backward", 0, "← 0.25")):
        slow.changed.emit(Phase(kind, layer, 0.25))
        assert badge.isVisible()
        assert badge.text() == text
        assert bench.chip(layer + 1).contains(badge.geometry().center())
    slow.changed.emit(Phase("loss", None, 0.25))
    assert not badge.isVisible()


def test_a_chip_out_of_sight_is_brought_into_sight(qtbot):
    bench, slow = Bench(qtbot, width=400), Slow()
    badge = PhaseBadge(bench.strip, slow)
    slow.changed.emit(Phase("forward", 8, 1.0))
    assert bench.strip.viewport().rect().contains(badge.geometry().center())

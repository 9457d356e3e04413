"""How often the window is given something new follows from what that costs."""

import pytest

from playground.models.training.run import reports
from playground.models.training.run.reports import FRAME, SLOWEST, Pacing, Speed


@pytest.fixture
def clock(monkeypatch):
    """Time that goes by as it is told to."""
    now = {"passed": 0.0, "used": 0.0}
    monkeypatch.setattr(reports, "monotonic", lambda: now["passed"])
    monkeypatch.setattr(reports, "thread_time", lambda: now["used"])
    return now


def after_frames(clock, cost, *, elsewhere):
    pacing = Pacing()
    for _ in range(60):
        clock["passed"] += 0.03
        clock["used"] += cost
        interval = pacing.interval(elsewhere=elsewhere)
    return interval


def test_cheap_frames_come_as_often_as_can_be(clock):
    assert after_frames(clock, 0.001, elsewhere=True) == FRAME


def test_dear_frames_take_no_more_than_their_share(clock):
    assert after_frames(clock, 0.02, elsewhere=False) == pytest.approx(
        0.02 / reports.SHARE, rel=0.01
    )
    shared = after_frames(clock, 0.02, elsewhere=True)
    assert shared == pytest.approx(0.02 / reports.SHARE_ELSEWHERE, rel=0.01)


def test_the_window_never_stands_still(clock):
    assert after_frames(clock, 0.5, elsewhere=False) == SLOWEST


def test_the_speed_is_that_of_the_last_half_second(clock):
    speed = Speed()
    for _ in range(10):
        clock["passed"] += 0.1
        speed.count(50)
    assert speed.value == pytest.approx(500)

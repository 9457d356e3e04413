"""A long row of calls is thinned; the first and the last are carried out."""

from PySide6.QtCore import QObject

from playground.views.widgets.throttle import Throttle


def test_a_few_calls_are_carried_out_at_once(qtbot):
    owner, calls = QObject(), []
    throttle = Throttle(lambda: calls.append(1), owner)
    for number in range(5):
        throttle.want()
        assert len(calls) == number + 1


def test_a_long_row_is_thinned_and_its_last_call_is_carried_out(qtbot):
    owner, calls, state = QObject(), [], [0]
    throttle = Throttle(lambda: calls.append(state[0]), owner)
    for number in range(200):
        state[0] = number
        throttle.want()
    assert len(calls) < 30
    qtbot.waitUntil(lambda: calls[-1] == 199)

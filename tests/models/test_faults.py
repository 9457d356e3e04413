"""A failure nobody caught is logged and said, once, whichever thread it came from."""

import logging
import sys
import threading

import pytest

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.faults import QUIET_SECONDS, Faults
from playground.models.state.document import Document
from tests.sharing import threads_that_switch_often

MEETINGS = 20_000


class Desk:
    """Faults with a clock that stands still, and all that was said."""

    def __init__(self):
        self.now = 0.0
        self.document = Document(Session(None, NetworkSpec((starter_bank(1),))))
        self.faults = Faults(self.document, self.document, clock=lambda: self.now)
        self.said = []
        self.document.problem.connect(self.said.append)

    def meet(self, fail):
        try:
            fail()
        except Exception as error:  # noqa: BLE001 - as the interpreter does
            sys.excepthook(type(error), error, error.__traceback__)


def outside(sequence):
    return sequence[1]


def no_such_name():
    return {}["name"]


@pytest.fixture
def desk(qapp, caplog):
    caplog.set_level(logging.CRITICAL, "playground")
    desk = Desk()
    desk.faults.install()
    yield desk
    desk.faults.uninstall()


def logged(caplog):
    """The last word of each traceback."""
    assert all(record.exc_info is None for record in caplog.records)
    return [record.getMessage().splitlines()[-1].partition(":")[0] for record in caplog.records]


def test_a_failure_is_logged_with_its_traceback_and_said_in_one_sentence(desk, caplog):
    desk.meet(lambda: outside(()))
    assert logged(caplog) == ["IndexError"]
    assert "return sequence[1]" in caplog.text
    assert len(desk.said) == 1
    assert "your work is kept" in desk.said[0]


def test_the_same_failure_is_reported_once(desk, caplog):
    for _ in range(5):
        desk.meet(lambda: outside(()))
    assert logged(caplog) == ["IndexError"]
    assert len(desk.said) == 1


def test_another_place_or_another_kind_is_another_failure(desk, caplog):
    desk.meet(lambda: outside(()))
    desk.meet(lambda: outside(None))
    desk.meet(no_such_name)
    assert logged(caplog) == ["IndexError", "TypeError", "KeyError"]
    assert len(desk.said) == 3


def test_a_failure_that_stayed_away_for_a_minute_is_said_again(desk, caplog):
    desk.meet(no_such_name)
    for _ in range(3):
        desk.now += QUIET_SECONDS - 1
        desk.meet(no_such_name)
    assert len(desk.said) == 1
    desk.now += QUIET_SECONDS
    desk.meet(no_such_name)
    assert len(desk.said) == 2


def test_a_failing_thread_is_heard_of_on_the_window_s_own(desk, qtbot, caplog):
    heard_on = []
    desk.document.problem.connect(lambda _: heard_on.append(threading.current_thread()))
    thread = threading.Thread(target=no_such_name)
    thread.start()
    thread.join()
    assert desk.said == []
    qtbot.waitUntil(lambda: bool(desk.said))
    assert heard_on == [threading.main_thread()]
    assert logged(caplog) == ["KeyError"]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_whoever_ends_the_program_has_not_met_a_fault(desk, caplog, monkeypatch, kind):
    left = []
    desk.faults.uninstall()
    monkeypatch.setattr(sys, "excepthook", lambda *args: left.append(args[0]))
    desk.faults.install()
    sys.excepthook(kind, kind(), None)
    assert left == [kind]
    assert desk.said == []
    assert logged(caplog) == []


def test_what_was_installed_before_hears_of_failures_afterwards(qapp):
    before = sys.excepthook, threading.excepthook
    desk = Desk()
    desk.faults.install()
    assert sys.excepthook == desk.faults.report
    desk.faults.uninstall()
    assert (sys.excepthook, threading.excepthook) == before


def test_of_many_threads_that_meet_the_same_failures_one_says_each(desk, caplog, part_of):
    def here():
        outside(())

    def there():
        no_such_name()

    def work():
        for _ in range(part_of(MEETINGS)):
            desk.meet(here)
            desk.meet(there)

    threads = [threading.Thread(target=work) for _ in range(4)]
    with threads_that_switch_often():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(logged(caplog)) == ["IndexError", "KeyError"]

"""Two threads at one object: one changes it as fast as it can, the other looks again and again."""

import sys
from collections.abc import Callable
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread
from time import sleep

_OFTEN = 1e-5
"""Seconds after which Python turns to the other thread: it does so in the midst of things."""


@contextmanager
def threads_that_switch_often():
    """As often as two processors would come together, and more."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_OFTEN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def look_while_it_changes(change: Callable[[int], object], look: Callable[[int], object], looks):
    """`change(0)`, `change(1)` … on another thread until `look(0)` … `look(looks - 1)` are done.

    What either raises is raised here. Returns how many changes there were.
    """
    done, failed, changes = Event(), [], count()

    def work():
        try:
            while not done.is_set():
                change(next(changes))
                sleep(0)  # a lock that is asked for again at once is hardly ever had by another
        except BaseException as error:  # noqa: BLE001 - raised below
            failed.append(error)

    other = Thread(target=work, name="changes")
    with threads_that_switch_often():
        other.start()
        try:
            for number in range(looks):
                look(number)
                if failed:
                    break
        finally:
            done.set()
            other.join()
    if failed:
        raise failed[0]
    return next(changes)

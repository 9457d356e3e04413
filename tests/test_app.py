"""Garbage goes on the window's thread, and only there."""

import gc
import threading
import weakref

import pytest

from playground.app import Collector


@pytest.fixture
def collector(qtbot):
    collector = Collector()
    yield collector
    collector.close()
    gc.disable()  # as everywhere in these tests


class Knot:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self):
        self.me = self


def test_another_thread_that_asks_for_memory_collects_nothing(collector):
    gone = weakref.ref(Knot())
    kept = []
    thread = threading.Thread(target=lambda: kept.extend([] for _ in range(100_000)))
    thread.start()
    thread.join()
    assert gone() is not None


def test_the_timer_collects(qtbot, collector):
    gone = weakref.ref(Knot())
    filler = [[] for _ in range(10_000)]
    qtbot.waitUntil(lambda: gone() is None)
    assert filler


def test_what_is_loaded_is_not_looked_through_again(collector):
    gone = weakref.ref(Knot())
    collector.pass_over_what_is_loaded()
    gc.collect()
    assert gone() is not None
    gc.unfreeze()
    gc.collect()
    assert gone() is None


def test_closing_gives_collection_back_to_python(collector):
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled()

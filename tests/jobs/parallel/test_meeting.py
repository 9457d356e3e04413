"""Waiting for a number that another process, here another thread, raises."""

import threading
import time

import pytest

from playground.jobs.parallel.meeting import LONGEST_SLEEP, announce, wait_for


@pytest.fixture
def words():
    return memoryview(bytearray(64)).cast("q")


def test_what_is_there_is_not_waited_for(words):
    words[3] = 5
    wait_for(words, 3, 5, lambda: pytest.fail("there was nothing to wait for"))


@pytest.mark.parametrize("seconds", [0.0, 0.001, 10 * LONGEST_SLEEP])
def test_it_is_seen_however_late_it_comes_with_what_was_written_before(words, seconds):
    written = []

    def other():
        threading.Event().wait(seconds)
        written.append(1)
        announce(words, 2, 7)

    thread = threading.Thread(target=other)
    thread.start()
    wait_for(words, 2, 7)
    assert written == [1]
    thread.join()


def test_while_it_waits_long_it_looks_whether_the_other_is_there(words):
    def gone():
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        wait_for(words, 0, 1, gone)


def test_a_long_wait_takes_hardly_any_of_the_processors_time(words):
    thread = threading.Timer(50 * LONGEST_SLEEP, announce, (words, 0, 1))
    thread.start()
    began = time.thread_time()
    wait_for(words, 0, 1)
    assert time.thread_time() - began < 0.2 * 50 * LONGEST_SLEEP
    thread.join()

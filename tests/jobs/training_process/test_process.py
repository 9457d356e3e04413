"""Messages between the processes while both ends are busy: each arrives whole and in order."""

import os
import sys
import threading

import numpy as np
import pytest

from playground.jobs.training_process.changes import Freeze
from playground.jobs.training_process.messages import Alive, Ended, Tell, receive, send
from playground.jobs.training_process.process import Inbox, Outbox
from tests.sharing import threads_that_switch_often

ORDERS, NEWS = 200_000, 20_000

pytestmark = pytest.mark.filterwarnings("ignore:Exception in thread .*_read")


@pytest.fixture
def pipe(monkeypatch):
    """Both ends of one, as streams; who reads at its end is ended alone, not with its process."""
    monkeypatch.setattr(os, "_exit", sys.exit)
    before, ends = threading.enumerate(), os.pipe()
    with os.fdopen(ends[0], "rb", buffering=0) as reads:
        with os.fdopen(ends[1], "wb") as writes, threads_that_switch_often():
            yield reads, writes
        for thread in threading.enumerate():
            if thread not in before:
                thread.join()


def test_no_order_is_lost_while_it_is_looked_for(pipe, part_of):
    count, (reads, writes) = part_of(ORDERS), pipe
    inbox = Inbox(reads)

    def write():
        for number in range(1, count + 1):
            send(writes, Tell(number))

    writer = threading.Thread(target=write)
    writer.start()
    taken = looks = 0
    while taken < count:
        looks += 1
        seen = inbox.peek()
        if seen is not None or looks % 3 == 0:
            order = inbox.next()
            assert seen in (None, order)
            taken += 1
            assert order == Tell(taken)
    writer.join()
    assert inbox.peek() is None


def test_memory_that_is_used_again_is_sent_as_it_was(pipe, part_of):
    count, (reads, writes) = part_of(NEWS), pipe
    numbers, arrived = np.zeros(50_000, np.float32), []

    def read():
        while not isinstance(message := receive(reads), Ended):
            if not isinstance(message, Alive):
                whole = bool((message.masks[0] == message.run).all())
                arrived.append(message.run if whole else None)

    outbox = Outbox(writes)
    reader = threading.Thread(target=read)
    reader.start()
    for number in range(count):
        outbox.wait()
        numbers[...] = number
        outbox.send(Freeze(number, 0, (numbers,)))
    outbox.send(Ended())
    reader.join()
    assert arrived == list(range(count))

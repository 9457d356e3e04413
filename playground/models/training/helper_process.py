"""The training process: no frame of the window waits for it, nor it for one.

It reads orders from standard input and writes news to standard output, and between them a sign
that it lives. It knows no window. It ends at once when its owner has ended, in whatever way: then
nothing can be read.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections import deque
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

from threadpoolctl import threadpool_limits

from playground.core.errors import PlaygroundError
from playground.core.run import Run
from playground.core.run_updates import take_state, update_of
from playground.core.trainer import DivergedError
from playground.models.training.changes import Edit, Freeze, Tune, change
from playground.models.training.wire import Beat, Go, Gone, Load, News, Ready, Tell, receive, send

_NICENESS = 5
"""The window goes first where both want a core, and so does any other program."""

BEAT = 0.25
"""Seconds of silence after which there is a sign of life, however long a step takes."""


class Inbox:
    """Orders as they arrive, read by a thread of its own."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._orders: deque[Any] = deque()
        self._arrived = threading.Semaphore(0)
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> Any:
        """The next order; waits for it."""
        self._arrived.acquire()
        return self._orders.popleft()

    def peek(self) -> Any:
        """The next order, which stays the next; None where there is none yet."""
        return self._orders[0] if self._orders else None

    def _read(self) -> None:
        while True:
            try:
                order = receive(self._stream)
            except (EOFError, OSError):
                # The owner is gone: nobody waits for the step that is under way.
                os._exit(0)
            self._orders.append(order)
            self._arrived.release()


class Outbox:
    """Messages on their way, written by a thread of its own: the reader may take its time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._messages: SimpleQueue[object] = SimpleQueue()
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    def send(self, message: object) -> None:
        """Say `message`; nothing comes after Gone."""
        self._messages.put(message)

    def _write(self) -> None:
        message: object = None
        while not isinstance(message, Gone):
            try:
                message = self._messages.get(timeout=BEAT)
            except Empty:
                message = Beat()
            try:
                send(self._stream, message)
            except OSError:
                os._exit(0)


def serve(inbox: Inbox, outbox: Outbox) -> None:
    """Do what is ordered, for ever."""
    run: Run | None = None
    outbox.send(Ready(0))
    while True:
        order = inbox.next()
        if isinstance(order, Load):
            trainer = order.task.trainer(order.network, order.setup)
            run = Run(trainer, order.task.validation, finds=order.task.finder)
            outbox.send(Ready(order.run))
        elif isinstance(order, Go) and run is not None:
            outbox.send(_go(run, order, inbox, outbox))


def _go(run: Run, order: Go, inbox: Inbox, outbox: Outbox) -> News:
    """Step until the goal is reached, something else is said, or the numbers run away."""
    spacing = order.state.spacing
    take_state(run, order.state)
    reason, diverged = "", False
    try:
        while run.steps < order.goal and not run.found:
            said = inbox.peek()
            if isinstance(said, Edit | Freeze | Tune):
                change(run, inbox.next())
                continue
            if said is not None and not isinstance(said, Tell):
                break
            run.step()
            if said and run.steps < order.goal and not run.found:
                spacing = inbox.next().spacing
                outbox.send(News(update_of(run, spacing), order.number, final=False))
    except PlaygroundError as error:
        reason, diverged = str(error), isinstance(error, DivergedError)
    update = update_of(run, spacing)
    return News(update, order.number, final=True, reason=reason, diverged=diverged)


def serve_owner() -> None:
    """Serve the process that has started this one."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    # What anything should print would be taken for news.
    outbox = Outbox(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    inbox = Inbox(sys.stdin.buffer)
    # The window has the other core.
    with threadpool_limits(1, "blas"):
        try:
            serve(inbox, outbox)
        except Exception:
            outbox.send(Gone(traceback.format_exc()))
            raise

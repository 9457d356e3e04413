"""The training process: no frame of the window waits for it, nor it for one.

It reads orders from standard input and writes to standard output how far it is, and now and then
that it lives. It knows no window. It ends at once when its owner has ended, in whatever way: then
nothing can be read.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from collections import deque
from queue import Empty, Queue
from time import thread_time
from typing import Any, BinaryIO

from threadpoolctl import threadpool_limits

from playground.core.errors import DivergedError, PlaygroundError
from playground.core.runs.frames import FrameRows
from playground.core.runs.run import Run
from playground.core.runs.run_updates import take_state, update_of
from playground.core.training.trainer import Trainer
from playground.jobs.parallel.crew import WorkerEndedError
from playground.jobs.parallel.trainer import ParallelTrainer
from playground.jobs.training_process.changes import Edit, Freeze, Tune, change
from playground.jobs.training_process.messages import (
    Alive,
    Ended,
    Go,
    Load,
    Progress,
    Ready,
    Tell,
    receive,
    send,
)

log = logging.getLogger(__name__)

_NICENESS = 5
"""The window goes first where both want a core, and so does any other program."""

ALIVE_SECONDS = 0.25
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
        self._messages: Queue[object] = Queue()
        self.spent = 0.0
        """Seconds of processor time that sending has taken so far."""
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    def send(self, message: object) -> None:
        """Say `message`; nothing comes after Ended."""
        self._messages.put(message)

    def wait(self) -> None:
        """Wait until everything that was said is on its way: its arrays may be used again."""
        self._messages.join()

    def _write(self) -> None:
        message: object = None
        while not isinstance(message, Ended):
            try:
                message = self._messages.get(timeout=ALIVE_SECONDS)
            except Empty:
                self._send(Alive())
            else:
                self._send(message)
                self._messages.task_done()

    def _send(self, message: object) -> None:
        try:
            send(self._stream, message)
        except OSError:
            os._exit(0)
        self.spent = thread_time()


def serve(inbox: Inbox, outbox: Outbox) -> None:
    """Do what is ordered, for ever."""
    stepping: _Stepping | None = None
    outbox.send(Ready(0))
    while True:
        order = inbox.next()
        if isinstance(order, Load):
            if stepping is not None:
                stepping.close()
            stepping = _Stepping(order, inbox, outbox)
            outbox.send(Ready(order.run))
        elif isinstance(order, Go) and stepping is not None:
            stepping.go(order)


class _Stepping:
    """The run that is loaded, its steps, and what is told of them."""

    def __init__(self, load: Load, inbox: Inbox, outbox: Outbox) -> None:
        trainer = _trainer(load)
        self._run = Run(trainer, load.task.validation, finds=load.task.finder)
        self._room: FrameRows | None = None
        """The frame that was told last: new memory for a large one would take long to find."""
        self._inbox, self._outbox = inbox, outbox
        self._spent = outbox.spent

    def go(self, order: Go) -> None:
        """Step until the goal is reached, something else is said, or the numbers run away."""
        run, inbox, spacing = self._run, self._inbox, order.state.spacing
        reason, diverged = "", False
        take_state(run, order.state)
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
                    self._tell(order.number, spacing)
        except WorkerEndedError:
            raise  # so does this process: there will be another one, with new workers
        except PlaygroundError as error:
            reason, diverged = str(error), isinstance(error, DivergedError)
        self._tell(order.number, spacing, final=True, reason=reason, diverged=diverged)

    def close(self) -> None:
        """Let go of what other processes there are."""
        if isinstance(self._run.trainer, ParallelTrainer):
            self._run.trainer.close()

    def _tell(self, number: int, spacing: int, *, final: bool = False, **end: Any) -> None:
        self._run.trainer.look()  # the step to come does so in any case
        self._outbox.wait()
        began, before, self._spent = thread_time(), self._spent, self._outbox.spent
        update = update_of(self._run, spacing, self._room)
        self._room = update.present
        seconds = thread_time() - began + self._spent - before
        self._outbox.send(Progress(update, number, final, seconds, **end))


def _trainer(load: Load) -> Trainer:
    """One that shares its batches out among processes, where the setup says so."""
    task, network, setup = load.task, load.network, load.setup
    if setup.workers > 1:
        try:
            return task.trainer(network, setup, make=ParallelTrainer)
        except PlaygroundError:
            log.exception("training goes on without other processes")
    return task.trainer(network, setup)


def serve_owner() -> None:
    """Serve the process that has started this one."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    # What anything should print would be taken for a message.
    outbox = Outbox(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    inbox = Inbox(sys.stdin.buffer)
    # The window has the other core.
    with threadpool_limits(1, "blas"):
        try:
            serve(inbox, outbox)
        except Exception:
            outbox.send(Ended(traceback.format_exc()))
            raise

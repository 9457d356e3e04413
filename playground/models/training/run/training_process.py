"""The window's end of the training process: starts it, talks to it, watches it, outlives it.

Python runs one thread at a time. A run's step is made of some sixty operations of NumPy, each of
which would wait for a frame of the window to be done with Python; in a process of its own it does
not. The process is no more than a faster way to do the steps: where there can be none, or where it
has ended, the training thread does them itself.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from time import monotonic
from typing import Any, cast

from playground.jobs.python_process import start
from playground.jobs.training_process.messages import Alive, Ended, receive, send

LOOK = 0.5
"""Seconds between two looks at whether it lives, at most."""

_END_SECONDS = 2.0
_WINDOWS_FLAGS = ("CREATE_NO_WINDOW", "BELOW_NORMAL_PRIORITY_CLASS")
_PROGRAM = "playground.jobs.training_process.start"


class TrainingProcess:
    """One process. Every method is called from the thread that owns it, and none waits for it."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        """Start it; `arrived` is called from another thread when there is a message.

        Raises OSError where no process can be started. It ends with the thread that starts it.
        """
        self._arrived = arrived
        self._messages: deque[Any] = deque()
        self._orders: SimpleQueue[object] = SimpleQueue()
        self._heard, self._silence, self._looked = True, 0.0, 0.0
        self._process = start(
            _PROGRAM,
            str(os.getpid()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=sum(getattr(subprocess, name, 0) for name in _WINDOWS_FLAGS),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        # A process that does not read fills its pipe: who writes into it waits, who reads too.
        self._threads = [
            threading.Thread(target=work, name=f"helper {work.__name__}", daemon=True)
            for work in (self._read, self._write)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def waiting(self) -> bool:
        """Whether there is a message."""
        return bool(self._messages)

    def take(self) -> Any:
        """The next message; the last of all is Ended."""
        return self._messages.popleft()

    def send(self, message: object) -> None:
        """Say something; if nobody listens any more, Ended is among the messages."""
        self._orders.put(message)

    def silence(self) -> float:
        """Seconds for which there has been no sign of life; ask every LOOK seconds while waiting.

        Time in which nobody asked does not count: this process may have been stopped as well.
        """
        now = monotonic()
        if self._heard:
            self._heard, self._silence = False, 0.0
        else:
            self._silence += min(now - self._looked, LOOK)
        self._looked = now
        return self._silence

    def close(self) -> None:
        """End it, even if it is stopped or in the middle of a step: it holds nothing of value."""
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        self._orders.put(None)
        for thread in self._threads:
            thread.join(_END_SECONDS)
        for stream in (self._in, self._out):
            with contextlib.suppress(OSError):
                stream.close()

    def _read(self) -> None:
        message: object = None
        while not isinstance(message, Ended):
            try:
                message = receive(cast(Any, self._out))
            except (EOFError, OSError, ValueError):
                message = Ended()
            self._heard = True
            if not isinstance(message, Alive):
                self._messages.append(message)
                self._arrived()

    def _write(self) -> None:
        # When nobody reads any more, the reader hears of it.
        with contextlib.suppress(OSError, ValueError):
            while (order := self._orders.get()) is not None:
                send(cast(Any, self._in), order)

"""The window's end of the helper process: starts it, talks to it, and outlives it.

Python runs one thread at a time. A run's step is made of some sixty operations of NumPy, each of
which would wait for a frame of the window to be done with Python; in a process of its own it does
not. The helper is no more than a faster way to do the steps: where there can be none, or where it
has ended, the training thread does them itself.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import playground
from playground.models.training.wire import Gone, receive, send

_END_SECONDS = 2.0
_WINDOWS_FLAGS = ("CREATE_NO_WINDOW", "BELOW_NORMAL_PRIORITY_CLASS")
_PROGRAM = "playground.models.training.helper_process"


class Helper:
    """One process. Every method is called from the thread that owns it."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        """Start it; `arrived` is called from another thread when there is a message.

        Raises OSError where no process can be started.
        """
        # A program that is frozen into one file has no interpreter that could be asked.
        if getattr(sys, "frozen", False) or not sys.executable:
            raise OSError("There is no interpreter to start.")
        self._arrived = arrived
        self._messages: deque[Any] = deque()
        self._process = subprocess.Popen(
            [sys.executable, "-m", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": _path()},
            creationflags=sum(getattr(subprocess, name, 0) for name in _WINDOWS_FLAGS),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        self._reader = threading.Thread(target=self._read, name="helper", daemon=True)
        self._reader.start()

    @property
    def waiting(self) -> bool:
        """Whether there is a message."""
        return bool(self._messages)

    def take(self) -> Any:
        """The next message; the last of all is Gone."""
        return self._messages.popleft()

    def send(self, message: object) -> None:
        """Say something; if nobody listens any more, Gone is among the messages."""
        with contextlib.suppress(OSError, ValueError):
            send(cast(Any, self._in), message)

    def close(self) -> None:
        """End it, in the middle of a step if need be, and wait for that."""
        with contextlib.suppress(OSError):
            self._in.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._out.close()

    def _read(self) -> None:
        message: object = None
        while not isinstance(message, Gone):
            try:
                message = receive(cast(Any, self._out))
            except (EOFError, OSError, ValueError):
                message = Gone()
            self._messages.append(message)
            self._arrived()


def _path() -> str:
    """Where the helper finds what this process has found."""
    own = str(Path(playground.__file__).parents[1])
    return os.pathsep.join(dict.fromkeys([*(place for place in sys.path if place), own]))

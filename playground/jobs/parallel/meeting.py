"""How the processes of one training meet: by numbers in shared memory that each watches.

Whoever has something for the others writes it and then raises its own number; the others wait for
that. Watching costs a tenth of a microsecond where a pipe costs fourteen, but keeps a core busy:
after a while a watcher gives its turn away, and then sleeps, ever longer, up to LONGEST_SLEEP.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_WATCH_SECONDS = 1e-4
"""Longer than the parts of a small step differ."""

_YIELD_SECONDS = 2e-3
"""Longer than the caller takes between two steps, unless it rests."""

_SHORTEST_SLEEP, LONGEST_SLEEP = 1e-4, 1e-2
"""A hundredth of a second is no delay to the eye, and a sleeper takes no time worth mentioning."""

_LOOKS_AT_ONCE = 50
"""Looks at the number for each look at the clock, which takes as long as some of them."""

_lock = threading.Lock()


def wait_for(
    words: memoryview, place: int, number: int, check: Callable[[], None] = lambda: None
) -> None:
    """Return when words[place] is `number`; `check` is called now and then, and may raise."""
    began = time.perf_counter()
    while time.perf_counter() - began < _WATCH_SECONDS:
        for _ in range(_LOOKS_AT_ONCE):
            if words[place] == number:
                fence()
                return
    sleep = 0.0
    while words[place] != number:
        time.sleep(sleep)
        if sleep:
            check()
            sleep = min(2 * sleep, LONGEST_SLEEP)
        elif time.perf_counter() - began > _YIELD_SECONDS:
            sleep = _SHORTEST_SLEEP
    fence()


def announce(words: memoryview, place: int, number: int) -> None:
    """Let the others see `number`, and all that was written before."""
    fence()
    words[place] = number


def fence() -> None:
    """Keep the processor from moving reads and writes of memory across this point.

    A lock that is let go and taken again does so on every processor; Python has no other word
    for it. Without it an ARM processor may show the number before what it stands for.
    """
    for _ in range(2):
        with _lock:
            pass

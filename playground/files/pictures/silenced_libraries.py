"""Decoders written in C that talk on standard error, hushed.

Pillow silences libtiff's warnings but neither its errors nor those of the AVIF decoder, and there
is no door to them from Python. A damaged file is to give one sentence and no more, so the stream
leads nowhere while such a library works.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_STDERR = 2
_lock = threading.Lock()


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Nothing written to standard error, by any language, appears while the block runs."""
    with _lock:
        try:
            kept = os.dup(_STDERR)
        except OSError:
            # A windowed program has no standard error.
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, _STDERR)
            os.close(nowhere)
            yield
        finally:
            os.dup2(kept, _STDERR)
            with suppress(OSError):
                os.close(kept)

"""Exchanging an exception for one that the user can read, without keeping anything alive.

A generator with `@contextmanager` must not do this. From Python 3.12 on, contextlib then leaves the
first exception and its frames in a cycle of references, and these frames hold pictures: they would
stay until Python collects its oldest objects, minutes later in a window at rest.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from playground.core.errors import PlaygroundError

Explanation = Callable[[BaseException], PlaygroundError | None]


class Explaining(AbstractContextManager[None]):
    """Raises what `explanation` makes of the block's exception; None lets that pass as it is."""

    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        explained = None if error is None else self._explanation(error)
        try:
            if explained is not None:
                raise explained from error
        finally:
            # The exception knows this frame: the frame must not know the exception.
            del explained

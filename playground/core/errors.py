"""The exceptions for mistakes that a user can make."""

from __future__ import annotations


class PlaygroundError(ValueError):
    """A user's file or number cannot be used; the message says why and what to do.

    The message is one sentence in the user's words and is shown as it stands.
    """


class ImpossibleLayerError(PlaygroundError):
    """Layer `index` cannot take what the layers before it give."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index


class DivergedError(PlaygroundError):
    """The loss or a gradient is no longer a finite number; the last finite weights are back."""

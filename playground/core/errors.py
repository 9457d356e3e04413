"""The one exception type for mistakes a user can make."""

from __future__ import annotations


class PlaygroundError(ValueError):
    """A user's file or number cannot be used; the message says why and what to do.

    The message is one sentence in the user's words and is shown as it stands.
    """

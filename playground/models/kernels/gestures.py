"""Edits of the bank in gestures: named, undoable, refused with a sentence, merged into a step.

Calls that share a gesture are one undo step, and each starts again from where the gesture began:
a drag, a slider and a spin box can go there and back without losing a weight.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeAlias

from playground.core.errors import PlaygroundError
from playground.core.specs import Conv2DSpec
from playground.models.state.document import Document

Gesture: TypeAlias = Hashable | None
Change: TypeAlias = Callable[[Conv2DSpec], Conv2DSpec]


class Gestures:
    """Applies pure edits of the selected convolution to the document, each as part of a gesture."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._gesture: Gesture = None
        self._base = self._latest = document.conv

    def take(self, text: str, change: Change, gesture: Gesture = None) -> bool:
        """Apply `change` as a step called `text`; False where it is refused."""
        base = self.start_of(gesture)
        try:
            changed = change(base)
        except PlaygroundError as error:
            return self.refuse(error)
        self._gesture, self._base = gesture, base
        self._document.change_conv(text, changed, gesture=gesture)
        self._latest = self._document.conv
        return True

    def start_of(self, gesture: Gesture) -> Conv2DSpec:
        """The bank that an edit in `gesture` starts from."""
        return self._base if self._goes_on(gesture) else self._document.conv

    def cancel(self, gesture: Gesture) -> None:
        """Put back what was there when `gesture` began, and leave no step behind."""
        if self._goes_on(gesture):
            self._document.change_conv("", self._base, gesture=gesture)
        self._gesture = None

    def refuse(self, error: PlaygroundError) -> bool:
        """Tell the user why not."""
        self._document.problem.emit(str(error))
        return False

    def _goes_on(self, gesture: Gesture) -> bool:
        """Whether `gesture` has begun and nothing else has changed the bank since."""
        same = gesture is not None and gesture == self._gesture
        return same and self._document.conv is self._latest

"""What a task has done to the picture that is shown, in a sentence."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.core.pictures.picture import Picture
from playground.core.tasks import PictureTask, Task
from playground.core.tasks.denoise import sigma_of
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.training.tasks.task_choices import CopyChoice, PairChoice, RestoreChoice
from playground.models.training.tasks.task_picture import Example
from playground.models.words.local_numbers import Local


class PictureNote(Guarded, QObject):
    """The sentence, and when it changes."""

    changed = Signal(str)
    """The sentence, or nothing where there is none to say."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.text = ""
        """What was done to the picture that is shown; nothing without a task."""
        self.shorter = ""
        """The same where there is less room."""
        document.shown_changed.connect(self._follow)
        self._seen: tuple[Picture | None, Task | None] = None, None

    def _follow(self, _shown: object) -> None:
        """After picture and task have both changed, and not for a step of a run."""
        session = self._document.session
        seen = session.picture, session.task
        if seen[0] is self._seen[0] and seen[1] is self._seen[1]:
            return
        self._seen = seen
        self.shorter = text = self._sentence(*seen)
        example = None if seen[0] is None else seen[0].source
        if isinstance(example, Example) and text == self._example(example, replaced=True):
            self.shorter = self._example(example, replaced=False)
        if text != self.text:
            self.text = text
            self.changed.emit(text)

    def _sentence(self, picture: Picture | None, task: Task | None) -> str:
        if picture is None or task is None:
            return ""
        recipe, replaced = self._document.session.recipe, self._document.session.own is not None
        if isinstance(recipe, RestoreChoice | CopyChoice):
            if not _is_input(picture, task):
                return ""  # it is being drawn on: the task is made anew afterwards
            return self._spoiled(recipe) if isinstance(recipe, RestoreChoice) else self._copied()
        if isinstance(picture.source, Example):
            return self._example(picture.source, replaced=replaced)
        if isinstance(recipe, PairChoice) and picture is task.picture:
            if replaced:
                return self.tr("The first picture of the pair stands in place of yours.")
            return self.tr("This is the first picture of the pair.")
        if not replaced:
            return self.tr("Nothing was done to your picture.")
        if picture.channels == 1:
            return self.tr("Your picture is shown in grey, as the examples are.")
        return self.tr("Your picture is shown in three channels, as the examples are.")

    def _spoiled(self, recipe: RestoreChoice) -> str:
        if recipe.damage == "noise":
            words = self.tr(
                "Noise of about ±{:.2g} was added to your picture: the network is to take it away."
            )
            return words.format(Local(recipe.strength))
        words = self.tr(
            "Your picture was blurred (σ = {:.2g} px): the network is to sharpen it again."
        )
        return words.format(Local(sigma_of(recipe.strength)))

    def _copied(self) -> str:
        return self.tr(
            "Nothing was done to your picture: the network is to find the kernel that makes the "
            "target of it."
        )

    def _example(self, example: Example, *, replaced: bool) -> str:
        name = example.class_name
        if not example.checking:
            text = self.tr("Class “{}”: an example to learn from.").format(name)
            return text if name else self.tr("An example to learn from.")
        if replaced:
            words = self.tr("Class “{}”: an example for checking, in place of your picture.")
        else:
            words = self.tr("Class “{}”: an example for checking.")
        return words.format(name)


def _is_input(picture: Picture, task: Task) -> bool:
    """Whether the picture is the one that the task is made of, with what was done to it."""
    pixels = task.before if isinstance(task, PictureTask) else None
    if pixels is None or pixels.shape != picture.pixels.shape:
        return False
    return picture.pixels is pixels or bool(np.array_equal(picture.pixels, pixels))

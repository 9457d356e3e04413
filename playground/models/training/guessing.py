"""What a classifier takes a picture for, made into an example just as those it learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.core.classification import classify_all
from playground.core.errors import PlaygroundError
from playground.core.novelty import Novelty, NoveltyMeasure
from playground.core.picture import Picture
from playground.core.specs import NetworkSpec
from playground.core.tasks import Task
from playground.files.examples import Example, load_example
from playground.files.sources import ArraySource


@dataclass(frozen=True, eq=False)
class Guess:
    """The classes of one picture, and what the network was given of it."""

    chances: tuple[tuple[str, float], ...]
    """(class name, chance), the likeliest first."""
    example: Example
    novelty: Novelty


class Guesser:
    """Remembers the last picture's example and the last task's measure; for one thread only."""

    def __init__(self) -> None:
        self._of_task: tuple[Task, NoveltyMeasure] | None = None
        self._of_picture: tuple[Task, Picture, Example, Novelty] | None = None

    def guess(self, task: Task, network: NetworkSpec, picture: Picture) -> Guess:
        """The guess about `picture`; raises PlaygroundError where no classes come out."""
        built = task.built(network)
        if self._of_picture is None or self._of_picture[:2] != (task, picture):
            example = _example(task, picture)
            self._of_picture = task, picture, example, self._measure(task).of(example.pixels)
        _, _, example, novelty = self._of_picture
        chances = classify_all(built, example.pixels[np.newaxis])[0]
        order = np.argsort(-chances, kind="stable")
        named = tuple((task.class_names[k], float(chances[k])) for k in order)
        return Guess(named, example, novelty)

    def _measure(self, task: Task) -> NoveltyMeasure:
        if self._of_task is None or self._of_task[0] is not task:
            held_out = task.inputs[:0] if task.validation is None else task.validation[0]
            self._of_task = task, NoveltyMeasure(task.inputs, held_out)
        return self._of_task[1]


def _example(task: Task, picture: Picture) -> Example:
    """From the file itself, as in training, not from the copy at working size."""
    shape, held = task.inputs.shape[1:], ArraySource(picture.name, picture.pixels)
    source = held if picture.source is None else picture.source
    try:
        return load_example(source, shape, white_on_black=task.white_on_black)
    except PlaygroundError:
        # The file has gone since: what is shown of it is still there.
        return load_example(held, shape, white_on_black=task.white_on_black)

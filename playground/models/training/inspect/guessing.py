"""What a classifier takes a picture for, made into an example just as those it learned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary, ref

import numpy as np

from playground.core.claims import Claim
from playground.core.errors import PlaygroundError
from playground.core.explain.classification import classify_all
from playground.core.explain.novelty import Novelty, NoveltyMeasure
from playground.core.pictures.picture import Picture
from playground.core.specs import NetworkSpec
from playground.core.tasks import ClassTask
from playground.files.pictures.examples import Example, load_example
from playground.files.pictures.sources import ArraySource, stamp_of
from playground.models.words.claim_words import claim_text


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
        # Neither a task nor a picture is kept alive by what is known of it.
        self._measures: WeakKeyDictionary[ClassTask, NoveltyMeasure] = WeakKeyDictionary()
        self._seen: WeakKeyDictionary[Picture, _Seen] = WeakKeyDictionary()

    def guess(self, task: ClassTask, network: NetworkSpec, picture: Picture) -> Guess:
        """The guess about `picture`; raises PlaygroundError where no class can be told."""
        built = task.built(network)
        seen = self._look(task, picture)
        chances = classify_all(built, seen.example.pixels[np.newaxis])[0]
        if not np.isfinite(chances).all():
            raise PlaygroundError(claim_text(Claim("no numbers", (1,), 1)))
        order = np.argsort(-chances, kind="stable")
        named = tuple((task.class_names[k], float(chances[k])) for k in order)
        return Guess(named, seen.example, seen.novelty)

    def _look(self, task: ClassTask, picture: Picture) -> _Seen:
        seen = self._seen.get(picture)
        if seen is None or seen.task() is not task:
            example = _example(task, picture)
            seen = _Seen(ref(task), example, self._measure(task).of(example.pixels))
            self._seen = WeakKeyDictionary({picture: seen})
        return seen

    def _measure(self, task: ClassTask) -> NoveltyMeasure:
        measure = self._measures.get(task)
        if measure is None:
            held_out = task.inputs[:0] if task.validation is None else task.validation[0]
            measure = NoveltyMeasure(task.inputs, held_out)
            self._measures = WeakKeyDictionary({task: measure})
        return measure


class _Seen(NamedTuple):
    """What was found out about a picture that does not depend on the weights."""

    task: ref[ClassTask]
    example: Example
    novelty: Novelty


def _example(task: ClassTask, picture: Picture) -> Example:
    """From the file itself, as in training, not from the copy at working size."""
    source = picture.source
    if source is None or stamp_of(source) != picture.stamp:
        # The file has gone, or is another one since: what is asked about is what is shown.
        source = ArraySource(picture.name, picture.pixels)
    return load_example(source, task.inputs.shape[1:], white_on_black=task.white_on_black)

"""Every kind of task offers entries of a menu, and each leads to a choice that can be made."""

import pytest

from playground.core.errors import PlaygroundError
from playground.models.training.tasks.task_choices import TASK_CHOICES, CopyChoice, DatasetChoice


@pytest.mark.parametrize("kind", TASK_CHOICES, ids=lambda kind: kind.__name__)
def test_every_offer_makes_a_choice_of_its_kind(bench, tmp_path, kind):
    offers = list(kind.offers())
    assert len({offer.path for offer in offers}) == len(offers) > 0
    for offer in offers:
        assert isinstance(offer.make(bench.document, *(tmp_path for _ in offer.asks)), kind)


def test_names_tell_all_choices_apart_by_what_is_learned(bench):
    names = {
        offer.make(bench.document, *(".",) * len(offer.asks)).name
        for kind in TASK_CHOICES
        for offer in kind.offers()
    }
    assert names == {
        *("copy", "which", "digits", "clothes", "shapes", "lines", "own", "denoise", "deblur")
    }


@pytest.mark.parametrize("kind", [one for one in TASK_CHOICES if one.needs_picture])
def test_a_task_that_is_made_from_the_picture_needs_one(kind):
    with pytest.raises(PlaygroundError, match="open one first"):
        kind().make(None)


def test_random_kernels_of_one_menu_differ(bench):
    random = list(CopyChoice.offers())[1]
    one, other = random.make(bench.document), random.make(bench.document)
    assert (one.seed, other.seed) == (1, 2)
    assert (one.goal.kernel != other.goal.kernel).any()


def test_a_choice_that_was_cancelled_makes_nothing(tmp_path):
    made = DatasetChoice(dataset="lines").make(None)
    assert made is not None
    assert made[1] == ""

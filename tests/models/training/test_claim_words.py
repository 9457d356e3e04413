"""What is said of a pair of pictures is what its fit says."""

import numpy as np
import pytest

from playground.core import which_filter
from playground.models.training.claim_words import claim_text
from tests.core.pair_fit.pairs import BOX, SHARPEN, as_jpeg, filtered, in_8_bits, photo, pixels

GREY = pixels(photo())
ONE_COLOUR = np.random.default_rng(2).random((30, 30, 3)) * [1, 0, 0]


def said(fit):
    return " ".join(map(claim_text, fit.claims))


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (GREY, "Nothing is left: one linear filter did it."),
        (in_8_bits(filtered(GREY, BOX)), "0.29 grey levels, is no more than rounding"),
        (as_jpeg(filtered(GREY, BOX), 95), "no more than JPEG compression makes"),
        (in_8_bits(GREY**1.05), "which follow the brightness"),
        (np.random.default_rng(0).random(GREY.shape), "more than rounding or JPEG"),
        (in_8_bits(filtered(GREY, 2 * SHARPEN)), "of the values are cut off at black or white"),
    ],
)
def test_the_sentence_names_what_is_left(after, words):
    assert words in said(which_filter(GREY, after, 3))


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (np.full((30, 30, 1), 0.5), "the first is the same everywhere"),
        (GREY[:2, :2], "too few pixels"),
        (np.repeat(GREY, 3, axis=2), "the three colours of the first are equal"),
        (np.round(GREY), "neither black nor white"),
    ],
)
def test_pictures_that_leave_it_open_are_said_to(before, words):
    text = said(which_filter(before, before, 3))
    assert "do not determine the kernel" in text
    assert words in text
    assert "did it" not in text

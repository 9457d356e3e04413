"""What is said of a pair of pictures is what its fit says."""

import numpy as np
import pytest
from PIL.ImageFilter import MedianFilter

from playground.core import which_filter
from playground.core.claims import Claim
from playground.models.words.claim_words import claim_text
from tests.core.pair_fit.pairs import BOX, SHARPEN, as_jpeg, filtered, in_8_bits, photo, pixels

GREY = pixels(photo())
COLOUR = pixels(photo("coffee.jpg", "RGB"))[100:220, 100:240]
SMALL = photo().crop((100, 100, 260, 240))
PART = pixels(SMALL)
RED, GREEN = COLOUR[..., :1], COLOUR[..., 1:2]
DARKER_BELOW = PART * np.linspace(1, 0.8, len(PART))[:, np.newaxis, np.newaxis]
TILES = np.tile([[[0.2], [0.6]], [[0.7], [0.3]]], (15, 15, 1))
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
    ("before", "after", "words"),
    [
        (PART, in_8_bits(DARKER_BELOW), "which follow the place in the picture"),
        (PART, pixels(SMALL.filter(MedianFilter(3))), "which follow the pixels around"),
        (COLOUR, in_8_bits(RED * GREEN), "which follow the colours"),
        (COLOUR, in_8_bits(COLOUR.max(axis=2, keepdims=True)), "which partly follow the colours"),
    ],
)
def test_what_the_rest_is_a_function_of_is_named(before, after, words):
    text = said(which_filter(before, after, 3))
    assert text.startswith("No linear filter of this size explains the pair: the best leaves")
    assert words in text


@pytest.mark.parametrize("gain", [2, 40])
def test_the_share_that_is_cut_off_is_that_of_all_values(gain):
    after = in_8_bits(filtered(GREY, gain * SHARPEN))
    inner = after[1:-1, 1:-1]
    share = np.mean((inner <= 0) | (inner >= 1))
    claim = which_filter(GREY, after, 3).claims[-1]
    assert claim == Claim("cut off", (round(share * inner.size),), inner.size)
    assert claim_text(claim).startswith(f"{100 * share:.1f}".removesuffix(".0") + " % of the")


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (np.full((30, 30, 1), 0.5), "the first is the same everywhere"),
        (GREY[:2, :2], "too few pixels"),
        (np.repeat(GREY, 3, axis=2), "the three colours of the first are equal"),
        (np.round(GREY), "neither black nor white"),
        (ONE_COLOUR, "a colour of the first is the same everywhere"),
        (TILES, "too many places of the first look alike"),
    ],
)
def test_pictures_that_leave_it_open_are_said_to(before, words):
    text = said(which_filter(before, before, 3))
    assert "do not determine the kernel" in text
    assert words in text
    assert "did it" not in text

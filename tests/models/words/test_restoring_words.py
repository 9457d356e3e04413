"""A restored picture is judged in the numbers that were measured."""

import pytest

from playground.core.claims import Claim
from playground.models.words.claim_words import claim_text

LEVEL = 1 / 255


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (22.9, 23.4, "Worse: off by 23.40 grey levels, 22.90 before."),
        (25.3, 8.5, "Better: off by 8.50 grey levels, 25.30 before."),
        (5.0, 5.001, "No better and no worse than before: off by 5.00 grey levels."),
    ],
)
def test_better_or_worse(before, after, words):
    assert claim_text(Claim("restored", (before * LEVEL, after * LEVEL))) == words


@pytest.mark.parametrize(
    ("least", "channels", "exact", "words"),
    [
        (3.73, 1, True, "The best single kernel of 5 × 5, alike at every place, would leave 3.73."),
        (3.73, 1, False, "kernel of 5 × 5, alike at every place, would leave about 3.73."),
        (5.26, 1, True, "Even the best single kernel of 5 × 5, alike at every place, would leave"),
        (3.73, 3, True, "The best kernels of 5 × 5, one for each colour, would leave 3.73."),
        (9.0, 3, True, "Even the best kernels of 5 × 5, one for each colour, would leave 9.00."),
    ],
)
def test_what_the_best_kernel_would_leave(least, channels, exact, words):
    claim = Claim("best kernel", (least * LEVEL, 5, 5.26 * LEVEL), channels, exact=exact)
    assert words in claim_text(claim)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim("few maps", (1,), 3), "All 3 colours are made from 1 map."),
        (Claim("few maps", (2,), 3), "All 3 colours are made from 2 maps."),
        (Claim("few steps", (0,)), "Steps taken so far: 0."),
        (
            Claim("loss falling", (0.154,), 480),
            "The loss still falls, over the last 480 steps by 15.4 %: train longer.",
        ),
        (
            Claim("loss resting", (), 480),
            "Over the last 480 steps the loss has not clearly fallen: try “New weights” or "
            "more kernels.",
        ),
        (
            Claim("examples better", (5.49 * LEVEL, 4 * LEVEL), 512),
            "On the 512 examples it is better, 4.00 in place of 5.49: this picture is unlike them.",
        ),
    ],
)
def test_why_it_is_worse(claim, words):
    assert claim_text(claim) == words

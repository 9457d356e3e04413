"""Every letter of every optimizer's rule is explained, and as what it is."""

import numpy as np
import pytest

from playground.core.explain.update_rule import update_rule
from playground.core.training import optimizers
from playground.models.words.rule_words import PLAIN, letters_of, meaning, where_lines

CLIPPED = {"clipvalue": 0.5, "global_clipnorm": 0.1, "weight_decay": 0.1}


def rule_of(optimizer, gradients=None):
    """The rule of one weight after the steps that `gradients` lead to."""
    weights = np.full(2, 0.5, np.float32)
    for gradient in gradients if gradients is not None else ():
        optimizer.apply(np.full(2, gradient, np.float32), weights)
    return update_rule(optimizer, 0, weights, np.full(2, 0.75, np.float32))


@pytest.mark.parametrize("name", optimizers.ALL)
@pytest.mark.parametrize("extra", [{}, CLIPPED], ids=["plain", "clipped"])
def test_no_letter_is_without_its_meaning(name, extra):
    rule = rule_of(optimizers.kind_of(name)(**extra))
    said = "\n".join(where_lines(rule))
    for letter in letters_of(rule):
        assert meaning(letter) in said
        assert meaning(letter).startswith((letter, "with a hat"))
    assert PLAIN.isdisjoint(letters_of(rule))
    assert ("‖g‖" in said) == bool(extra)


def test_a_rule_of_g_alone_needs_no_words():
    assert where_lines(rule_of(optimizers.SGD())) == []


def test_each_line_stands_once():
    assert [line[:2] for line in where_lines(rule_of(optimizers.Adam()))] == ["m:", "v:", "wi"]


@pytest.mark.parametrize("kind", [optimizers.Momentum, optimizers.Nesterov])
def test_u_is_the_sum_of_past_gradients_of_which_older_ones_fade(kind):
    gradients = [1.0, -2.0, 0.5]
    line = next(one for one in rule_of(kind(0.1, 0.5), gradients) if one.formula[0] == "u")
    summed = sum(0.5**age * g for age, g in enumerate([0.75, *reversed(gradients)]))
    assert line.value == pytest.approx(summed, rel=1e-4)
    assert "added up, older ones fading" in meaning("u")


def test_m_and_v_are_means_and_corrected_ones_know_nothing_of_their_start():
    """Of gradients that are all the same, each mean is that gradient, from the first step on."""
    lines = {one.formula.split(" ")[0]: one for one in rule_of(optimizers.Adam(), [0.75] * 3)}
    assert lines["m̂"].value == pytest.approx(0.75, rel=1e-3)
    assert lines["v̂"].value == pytest.approx(0.75**2, rel=1e-3)
    assert lines["m"].value < 0.75
    settled = rule_of(optimizers.RMSprop(rho=0.5), [0.75] * 30)
    v = next(one for one in settled if one.formula[0] == "v")
    assert v.value == pytest.approx(0.75**2, rel=1e-3)


def test_the_length_is_that_of_the_gradient_of_all_that_learns():
    optimizer = optimizers.SGD(global_clipnorm=0.1)
    learns = np.array([True, True, False])
    rule = update_rule(
        optimizer, 0, np.zeros(3, np.float32), np.array([3, 4, 12], np.float32), learns
    )
    assert next(one for one in rule if one.formula == "‖g‖").value == pytest.approx(5)

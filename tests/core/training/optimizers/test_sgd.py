"""SGD and its momentum are their published formulas, written out."""

import numpy as np
import pytest

from playground.core.training.optimizers import SGD, Momentum, Nesterov

GRADIENTS = np.random.default_rng(0).normal(size=(5, 4))


def weights_after(optimizer) -> np.ndarray:
    weights = np.zeros(4)
    for gradient in GRADIENTS:
        optimizer.apply(gradient, weights)
    return weights


def test_plain_sgd_adds_up_the_gradients():
    np.testing.assert_allclose(weights_after(SGD(0.1)), -0.1 * GRADIENTS.sum(axis=0))


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_keeps_a_share_of_the_last_change(nesterov):
    u, weights, mu = np.zeros(4), np.zeros(4), 0.8
    for g in GRADIENTS:
        u = mu * u + g
        weights -= 0.1 * (g + mu * u if nesterov else u)
    kind = Nesterov if nesterov else Momentum
    np.testing.assert_allclose(weights_after(kind(0.1, mu)), weights)


def test_momentum_of_zero_is_sgd():
    np.testing.assert_allclose(weights_after(Momentum(0.1, 0.0)), weights_after(SGD(0.1)))

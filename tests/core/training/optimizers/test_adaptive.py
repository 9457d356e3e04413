"""RMSprop, Adam and AdamW are their published formulas, written out."""

import numpy as np

from playground.core.training.optimizers import Adam, AdamW, RMSprop

GRADIENTS = np.random.default_rng(0).normal(size=(6, 4))


def weights_after(optimizer) -> np.ndarray:
    weights = np.ones(4)
    for gradient in GRADIENTS:
        optimizer.apply(gradient, weights)
    return weights


def test_rmsprop_divides_by_the_usual_size():
    v, weights = np.zeros(4), np.ones(4)
    for g in GRADIENTS:
        v = 0.9 * v + 0.1 * g**2
        weights -= 0.01 * g / (np.sqrt(v) + 1e-8)
    np.testing.assert_allclose(weights_after(RMSprop(0.01, rho=0.9)), weights)


def adam(decay: float = 0.0) -> np.ndarray:
    m, v, weights = np.zeros(4), np.zeros(4), np.ones(4)
    for t, g in enumerate(GRADIENTS, 1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        weights -= 0.01 * decay * weights
        weights -= 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return weights


def test_adam_takes_the_bias_of_its_first_steps_out():
    np.testing.assert_allclose(weights_after(Adam(0.01)), adam())


def test_adamw_takes_its_decay_from_the_weights_alone():
    np.testing.assert_allclose(weights_after(AdamW(0.01, weight_decay=0.1)), adam(0.1))


def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_gradient():
    weights = np.zeros(3)
    Adam(0.01).apply(np.array([1e-3, -5.0, 700.0]), weights)
    np.testing.assert_allclose(weights, [-0.01, 0.01, -0.01], rtol=1e-4)

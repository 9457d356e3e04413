"""Gradients by central differences, for tests to hold the ones of the chain rule against."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from playground.core import Network

_COORDINATES = 24


def central_differences(value: Callable[[np.ndarray], float], at: np.ndarray, step: float, rng):
    """(coordinates, slopes) of `value` at up to 24 random coordinates of `at`."""
    chosen = rng.permutation(at.size)[:_COORDINATES]
    slopes = []
    for index in chosen:
        moved = [at.copy(), at.copy()]
        moved[0].flat[index] += step
        moved[1].flat[index] -= step
        slopes.append((value(moved[0]) - value(moved[1])) / (2 * step))
    return chosen, np.array(slopes)


def assert_slopes(found: np.ndarray, value, at: np.ndarray, step: float = 1e-5, seed: int = 0):
    """`found` (shaped as `at`) is the gradient of `value`: coordinate by coordinate and as one."""
    rng = np.random.default_rng(seed)
    assert found.shape == at.shape
    chosen, slopes = central_differences(value, at, step, rng)
    scale = max(np.abs(found).max(initial=0), np.abs(slopes).max(initial=0), 1e-3)
    assert np.abs(found.flat[chosen] - slopes).max(initial=0) / scale <= 1e-7
    # A direction through all coordinates at once leaves none of them out.
    way = rng.normal(size=at.shape)
    way /= np.linalg.norm(way) + 1e-300
    along = (value(at + step * way) - value(at - step * way)) / (2 * step)
    assert abs(along - (found * way).sum()) / max(scale, np.linalg.norm(found)) <= 1e-7


def spaced(shape: tuple[int, ...], rng, gap: float = 0.01) -> np.ndarray:
    """Values in random order that keep `gap` from zero and from each other: far from any kink."""
    size = int(np.prod(shape))
    return ((rng.permutation(size) - size // 2 + 0.5) * gap).reshape(shape)


def with_normal_weights(network: Network, rng) -> Network:
    """The network with float64 weights and biases, all of them at random."""
    network.set_weights([rng.normal(size=values.shape) for values in network.weights])
    return network


def check_network(network: Network, batch: np.ndarray, step: float = 1e-5, seed: int = 0) -> None:
    """Every gradient of Σ R · network(batch) for random R, to a relative error of 1e-7."""
    rng = np.random.default_rng(seed)
    outputs = network.forward(batch)
    assert outputs.dtype == np.float64
    rates = rng.normal(size=outputs.shape)

    def value(pictures: np.ndarray) -> float:
        return float((network.forward(pictures) * rates).sum())

    network.forward(batch)
    back = network.backward(rates)
    gradients = [g.copy() for layer in network.layers for g in layer.gradients]
    assert_slopes(back, value, batch, step, seed)
    weights = network.weights
    for number, (gradient, values) in enumerate(zip(gradients, weights, strict=True)):

        def value_of_weights(changed: np.ndarray, number: int = number) -> float:
            network.set_weights([*weights[:number], changed, *weights[number + 1 :]])
            return value(batch)

        assert_slopes(gradient, value_of_weights, values, step, seed)
        network.set_weights(weights)

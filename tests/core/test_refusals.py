"""What is refused says what was wrong; each sentence here is raised by exactly what it names."""

import numpy as np
import pytest

from playground.core import bank, layers, losses, optimizers
from playground.core.errors import PlaygroundError
from playground.core.presets import starter_bank
from playground.core.specs import Conv2DSpec, DenseSpec
from playground.core.tasks import denoise, which_filter
from playground.core.training_setup import TrainingSetup


def kernels(count, names=None):
    return Conv2DSpec(
        np.zeros((3, 3, 1, count)), np.zeros(count), names or tuple(map(str, range(count)))
    )


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bank.rename(starter_bank(1), 0, "  "), "needs a name"),
        (lambda: bank.remove(kernels(1), [0]), "the last one stays"),
        (lambda: kernels(2, ("one",)), "2 kernels need 2 names"),
        (lambda: Conv2DSpec(np.zeros((3, 3, 1, 2)), np.zeros(3), ("a", "b")), "one bias per"),
        (lambda: DenseSpec(np.zeros((3, 2)), np.zeros(3), ("a", "b")), "one bias and one name"),
        (lambda: which_filter(*(np.zeros((3, 9, 1), np.float32),) * 2, size=3), "too small for"),
        (lambda: denoise(np.zeros((4, 9, 1), np.float32)), "9 × 4 pixels: too few"),
        (lambda: TrainingSetup(batch_size=0), "one example"),
        (lambda: TrainingSetup(epochs=0), "one epoch"),
        (lambda: TrainingSetup(learning_rate=-1e-9), "from 0 on"),
        (lambda: TrainingSetup(learning_rate=float("nan")), "from 0 on"),
        (lambda: losses.get("hinge"), "no loss called “hinge”"),
        (lambda: optimizers.get("lion"), "no optimizer called “lion”"),
        (lambda: layers.Conv2D(0, 3), "at least one kernel"),
    ],
)
def test_each_is_raised_by_what_it_names(call, words):
    with pytest.raises(PlaygroundError, match=words):
        call()


def test_what_lies_just_inside_is_taken():
    which_filter(*(np.zeros((4, 9, 1), np.float32),) * 2, size=3)
    denoise(np.zeros((5, 9, 1), np.float32))
    TrainingSetup(batch_size=1, epochs=1, learning_rate=0.0)
    layers.Conv2D(1, 1)
    bank.remove(kernels(2), [0])

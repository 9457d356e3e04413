"""What is refused says what was wrong; each sentence here is raised by exactly what it names."""

import numpy as np
import pytest

from playground.core import Network, conv2d, layers, which_filter
from playground.core.convolve.activations import activate
from playground.core.convolve.pooling import pool2d
from playground.core.datasets.dataset import Dataset
from playground.core.errors import PlaygroundError
from playground.core.explain.explain import explain_output
from playground.core.kernels import bank, initializers, kernel_ops
from playground.core.presets import build_preset, starter_bank
from playground.core.specs import ActivationSpec, BlockSpec, Conv2DSpec, DenseSpec, Pool2DSpec
from playground.core.tasks import denoise
from playground.core.training import losses, optimizers
from playground.core.training.training_setup import TrainingSetup


def kernels(count, names=None):
    return Conv2DSpec(
        np.zeros((3, 3, 1, count)), np.zeros(count), names or tuple(map(str, range(count)))
    )


def pair(value=0.0):
    return (np.full((9, 9, 1), value, np.float32),) * 2


PICTURES = np.zeros((2, 4, 4, 1))
IMAGE, KERNEL = np.zeros((8, 8, 1)), np.zeros((3, 3, 1, 2))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bank.rename(starter_bank(1), 0, "  "), "needs a name"),
        (lambda: bank.remove(kernels(1), [0]), "the last one stays"),
        (lambda: bank.remove(kernels(2), [2]), "no kernel 2: they are 0 to 1"),
        (lambda: bank.set_kernel(kernels(2), 0, np.zeros((2, 2, 1))), "not \\(2, 2, 1\\)"),
        (lambda: kernel_ops.negate(np.zeros(3)), "2 or 3 dimensions, none of them empty, not 3"),
        (lambda: kernel_ops.spread(np.zeros((3, 3)), 0), "from 1 on, not 0"),
        (lambda: explain_output(np.zeros((3, 3)), BlockSpec(kernels(1)), 0, 0, 0), "An image here"),
        (lambda: kernels(2, ("one",)), "2 kernels need 2 names"),
        (lambda: Conv2DSpec(np.zeros((3, 3, 1, 2)), np.zeros(3), ("a", "b")), "one bias per"),
        (lambda: DenseSpec(np.zeros((3, 2)), np.zeros(3), ("a", "b")), "one bias and one name"),
        (lambda: denoise(np.zeros((4, 9, 1), np.float32)), "9 × 4 pixels: too few"),
        (lambda: TrainingSetup(batch_size=0), "one example"),
        (lambda: TrainingSetup(epochs=0), "one epoch"),
        (lambda: TrainingSetup(learning_rate=-1e-9), "from 0 on"),
        (lambda: TrainingSetup(learning_rate=float("nan")), "from 0 on"),
        (lambda: losses.get("hinge"), "no loss called “hinge”"),
        (lambda: optimizers.get("lion"), "no optimizer called “lion”"),
        (lambda: layers.Conv2D(0, 3), "at least one kernel"),
        (lambda: which_filter(*pair(), (0, 3)), "from 1 to 99 rows and columns, not "),
        (lambda: which_filter(*pair(), 3, anchor=(3, 0)), "does not lie in a kernel of 3 × 3"),
        (lambda: which_filter(*pair(np.nan), 3), "values that are no numbers"),
        (lambda: which_filter(*(np.zeros((9, 9), np.float32),) * 2, 3), "needs shape"),
        (lambda: which_filter(*(np.zeros((9, 9, 1), np.uint8),) * 2, 3), "divide by the largest"),
        (lambda: losses.MeanSquaredError()(np.zeros((0, 2)), np.zeros((0, 2))), "at least one ex"),
        (lambda: Network([layers.Conv2D(10**9, 3)], (8, 8, 1)), "at most 250 million weights"),
        (lambda: which_filter([[1], [2, 3]], [[1]], 3), "before the filter has rows of different"),
        (lambda: Dataset(PICTURES, [0, 1], "ab", "x"), "x needs a list of class names, not 'ab'"),
        (lambda: Dataset(PICTURES, [[0], []], ("a", "b"), "x"), "each picture, all in a row"),
        (lambda: build_preset("gaussian_blur", sigma="big"), "must be a number from .* not 'big'"),
        (lambda: Network(None, (8, 8, 1)), "A network is a list of layers, not None"),
        (lambda: initializers.zeros((3, -1)), "A shape is whole numbers of at least 1"),
        (lambda: Network([layers.ReLU()], (8, 8, 1)).set_weights(3), "a list of arrays, not 3"),
        (lambda: initializers.he_normal((3, 3, 1, 2), -1), "A seed is a whole number from 0 on"),
        (lambda: initializers.get(3), "An initializer is a name or a function, not 3"),
        (
            lambda: initializers.constant((2, 2), value=10**400),
            "number that float32 can hold, not 10",
        ),
        (lambda: activate(IMAGE, ActivationSpec("gelu")), "An activation is one of"),
        (lambda: layers.LeakyReLU(float("inf")), "The slope is a finite number, not inf"),
        (lambda: layers.Dropout(1), "up to, not including, 1: not 1"),
        (lambda: optimizers.SGD("fast"), "numbers of zero or more, not 'fast' and 0.0"),
        (lambda: pool2d(np.zeros(3), Pool2DSpec("max", 2)), "a height and a width, not the shape"),
        (lambda: pool2d(IMAGE, Pool2DSpec("avg", 2)), "Pooling is one of max, average"),
        (lambda: conv2d(IMAGE, KERNEL, edge="mirror"), "The edge mode is one of zero"),
        (lambda: conv2d(IMAGE * 1j, KERNEL), "real numbers are needed, not complex ones"),
        (lambda: conv2d([[1], [2, 3]], KERNEL), "rows of different lengths are no array"),
    ],
)
def test_each_is_raised_by_what_it_names(call, words):
    with pytest.raises(PlaygroundError, match=words):
        call()


def test_what_lies_just_inside_is_taken():
    which_filter(*pair(), 3, anchor=(2, 0))
    denoise(np.zeros((5, 9, 1), np.float32))
    TrainingSetup(batch_size=1, epochs=1, learning_rate=0.0)
    layers.Conv2D(1, 1)
    bank.remove(kernels(2), [0])

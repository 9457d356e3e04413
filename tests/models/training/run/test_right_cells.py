"""Gradient, next step, trail and Why stand in the cell of the weight that they belong to.

The network is computed another way: as its formulas say, convolution turned or not, in float64.
"""

from dataclasses import replace

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    GlobalAveragePool2DSpec,
    NetworkSpec,
    Pool2DSpec,
)
from playground.core.tasks import ClassTask
from playground.core.training.losses import SoftmaxCrossEntropy
from playground.core.training.training_setup import TrainingSetup
from tests.core.reference import reference

RNG = np.random.default_rng(4)
INPUTS = RNG.random((6, 10, 9, 3), np.float32)
CLASSES = RNG.integers(0, 3, 6)
SETUP = TrainingSetup(
    optimizer="momentum", learning_rate=0.05, batch_size=6, epochs=5, clipnorm=0.1
)


def drawn(*shape):
    return (RNG.normal(size=shape) / 2).astype(np.float32)


def conv(kernel_size, channels, filters, **settings):
    names = tuple(f"k{number}" for number in range(filters))
    return Conv2DSpec(drawn(*kernel_size, channels, filters), drawn(filters), names, **settings)


def network(flips, **settings):
    """Two convolutions, an even kernel and dilation among them, in colour."""
    layers = (
        conv((2, 3), 3, 2, flip=flips[0], **settings),
        ActivationSpec("tanh"),
        Pool2DSpec("average", 2),
        conv((3, 2), 2, 3, padding=(1, 0, 2, 1), flip=flips[1]),
        ActivationSpec("sigmoid"),
        GlobalAveragePool2DSpec(),
        DenseSpec(drawn(3, 3), drawn(3), ("a", "b", "c")),
    )
    return NetworkSpec(layers, (10, 9, 3))


def loss(spec):
    """The loss of all examples."""
    first, second, dense = (spec.layers[at] for at in (0, 3, 6))
    outputs = []
    for picture in INPUTS.astype(np.float64):
        maps = np.tanh(reference(picture, first.kernel, first.bias, *first.settings))
        _, height, width = maps.shape
        maps = maps[:, : height // 2 * 2, : width // 2 * 2]
        maps = maps.reshape(2, height // 2, 2, width // 2, 2).mean((2, 4))
        maps = reference(maps.transpose(1, 2, 0), second.kernel, second.bias, *second.settings)
        outputs.append((1 / (1 + np.exp(-maps))).mean((1, 2)) @ dense.kernel + dense.bias)
    return SoftmaxCrossEntropy()(np.array(outputs), CLASSES)


def slope_at(spec, layer, part, cell):
    """The slope of the loss at the weight that is shown in a cell: it is nudged where it stands."""
    losses, values = [], []
    for nudge in (1e-3, -1e-3):
        owner = spec.layers[layer]
        array = getattr(owner, part).copy()
        array[cell] += nudge
        values.append(float(array[cell]))
        layers = list(spec.layers)
        layers[layer] = replace(owner, **{part: array})
        losses.append(loss(replace(spec, layers=tuple(layers))))
    return (losses[0] - losses[1]) / (values[0] - values[1])


def begin(bench, spec, setup=SETUP, frozen=()):
    """Begin to tell the three classes apart."""
    names = ("a", "b", "c")
    kind = "softmax_cross_entropy"
    task = ClassTask(
        name="three", inputs=INPUTS, targets=CLASSES, loss=kind, network=spec, setup=setup,
        class_names=names,
    )  # fmt: skip
    document = bench.document
    document.change(
        "Three classes",
        picture=Picture(INPUTS[0], "colours", (9, 10), colour="rgb"),
        network=spec, task=task, setup=setup, place=None,
    )  # fmt: skip
    for layer, kernel in frozen:
        bench.training.freezing.set_kernel(layer, kernel, frozen=True)
    bench.training.begin()
    bench.hints.set_visible(True)
    return bench.training


def cells(spec, layer):
    return list(np.ndindex(spec.layers[layer].kernel.shape))


@pytest.mark.parametrize(
    ("flips", "settings"),
    [
        ((False, False), {}),
        ((True, True), {}),
        ((True, False), {"stride": 2, "padding": (1, 2, 0, 3)}),
        ((True, True), {"dilation": 2, "padding": "valid"}),
    ],
)
def test_each_cell_has_the_gradient_of_the_weight_it_shows(bench, steps, flips, settings):
    training = begin(bench, network(flips, **settings))
    steps(training, 1)
    shown = bench.document.network
    for layer in (0, 3):
        bench.document.selection.set_layer(layer)
        for cell in cells(shown, layer):
            wanted = slope_at(shown, layer, "kernel", cell)
            hint = bench.hints.hint(cell)
            assert hint.gradient == pytest.approx(wanted, rel=2e-3, abs=2e-6)
            assert hint.trail[-1] == shown.layers[layer].kernel[cell]


@pytest.mark.parametrize("flip", [False, True])
def test_each_cell_takes_the_step_that_stands_in_it(bench, steps, flip):
    frozen = [(0, 1), (3, 0)]
    training = begin(bench, network((flip, flip)), frozen=frozen)
    steps(training, 2)
    said = {}
    before = bench.document.network
    for layer in (0, 3):
        bench.document.selection.set_layer(layer)
        said[layer] = {cell: bench.hints.hint(cell).step for cell in cells(before, layer)}
    steps(training, 1)
    after = bench.document.network
    for layer, of_layer in said.items():
        moved = after.layers[layer].kernel - before.layers[layer].kernel
        for cell, step in of_layer.items():
            assert step == pytest.approx(moved[cell], abs=1e-7)
            assert (step == 0) == ((layer, cell[3]) in frozen)


@pytest.mark.parametrize("flip", [False, True])
def test_why_explains_the_weight_that_is_shown_and_the_step_it_takes(qtbot, bench, steps, flip):
    setup = replace(SETUP, optimizer="adam", schedule="cosine", weight_decay=0.01)
    frozen = [(0, 0), (3, 2)]
    training = begin(bench, network((flip, flip)), setup, frozen)
    steps(training, 2)
    bench.why.set_watched(True)
    selection, shown, found = bench.document.selection, bench.document.network, {}
    for layer, kernel, weight in ((0, 0, (0, 2)), (0, 1, (0, 2)), (3, 1, (2, 0)), (3, 2, None)):
        selection.set_layer(layer)
        selection.set_kernels([kernel], kernel)
        bench.why.set_bias(weight is None)
        selection.set_weight(weight)
        spec = shown.layers[layer]
        part, cell = ("bias", kernel) if weight is None else ("kernel", (*weight, 0, kernel))
        value = getattr(spec, part)[cell]
        qtbot.waitUntil(
            lambda value=value: (
                bench.why.answer is not None and bench.why.answer.explanation.weight == value
            )
        )
        answer = bench.why.answer
        wanted = slope_at(shown, layer, part, cell)
        assert answer.explanation.gradient == pytest.approx(wanted, rel=2e-3, abs=2e-6)
        found[layer, part, cell] = answer.rule[-1].value
        assert ((layer, kernel) in frozen) == (answer.rule[-1].value == value)
    steps(training, 1)
    for (layer, part, cell), value in found.items():
        assert getattr(bench.document.network.layers[layer], part)[cell] == value


def test_an_earlier_step_is_told_with_its_own_rate_and_what_was_frozen_then(bench, steps):
    training = begin(bench, network((True, False)), frozen=[(0, 1)])
    steps(training, 2)
    bench.document.selection.set_layer(0)
    weights = [bench.document.network.conv(0).kernel]
    training.change_setup(learning_rate=0.5, momentum=0.5, weight_decay=0.3, clipnorm=0.0)
    training.freezing.set_kernel(0, 1, frozen=False)
    steps(training, 2)
    for step in (2, 1, 3):
        bench.timeline.show(step)
        weights = bench.document.network.conv(0).kernel
        said = np.array([bench.hints.hint(cell).step for cell in np.ndindex(weights.shape)])
        bench.timeline.show(step + 1)
        moved = bench.document.network.conv(0).kernel - weights
        assert said.reshape(weights.shape) == pytest.approx(moved, abs=1e-6)

"""The value pointed at is taken apart, and stays so whatever changes around it."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core import conv2d
from playground.core.kernels import bank
from playground.core.network.layer_input import layer_input
from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import ActivationSpec, Conv2DSpec, NetworkSpec, Pool2DSpec
from playground.models.maps.explainer import Explainer
from playground.models.maps.preview import Preview
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings


def noise(height: int, width: int, seed: int = 0) -> Picture:
    pixels = np.random.default_rng(seed).random((height, width, 1), np.float32)
    return Picture(pixels, "noise", (width, height))


@pytest.fixture
def document(qtbot) -> Document:
    return Document(Session(noise(12, 15), NetworkSpec((starter_bank(1),))))


@pytest.fixture
def explainer(document) -> Explainer:
    return Explainer(document)


@pytest.fixture
def after(qtbot, explainer):
    """Carry out something that asks for an explanation; what is explained then."""

    def act(change, *arguments):
        with qtbot.waitSignal(explainer.explained) as explained:
            change(*arguments)
        assert explained.args[0] is explainer.explanation
        return explainer.explanation

    return act


@pytest.fixture
def pointed(document, after):
    """The explanation of kernel 0's value at (4, 5)."""
    return after(document.selection.set_pixel, (4, 5))


def value_at(document: Document, kernel: int, pixel) -> float:
    conv = document.conv
    stride, padding, dilation, edge, flip = conv.settings
    maps = conv2d(
        document.picture.pixels,
        conv.kernel,
        conv.bias,
        stride=stride,
        padding=padding,
        dilation=dilation,
        edge=edge,
        flip=flip,
    )
    return pytest.approx(float(maps[kernel][pixel]), abs=1e-5)


def test_where_nothing_is_pointed_at_nothing_is_explained(explainer):
    assert explainer.explanation is None


def test_it_explains_the_pixel_pointed_at(document, pointed):
    assert (pointed.kernel, pointed.row, pointed.column) == (0, 4, 5)
    assert pointed.value == value_at(document, 0, (4, 5))


def test_pointing_away_ends_it(document, pointed, after):
    assert after(document.selection.set_pixel, None) is None


def test_it_follows_the_current_kernel(document, pointed, after):
    explanation = after(document.selection.set_kernel, 3)
    assert explanation.kernel == 3
    assert explanation.value == value_at(document, 3, (4, 5))


def test_it_follows_an_edited_weight_and_its_undoing(document, pointed, after):
    edited = bank.set_weights(document.conv, {(1, 1, 0, 0): 2.5})
    explanation = after(document.change_conv, "Edit", edited)
    assert explanation.value == value_at(document, 0, (4, 5))
    assert explanation.value != pointed.value
    assert after(document.undo_stack.undo).value == pointed.value


@pytest.mark.parametrize(
    "change", [{"stride": 2}, {"dilation": 2}, {"edge": "wrap"}, {"flip": True}, {"padding": 3}]
)
def test_it_follows_every_setting(document, pointed, after, change):
    explanation = after(document.change_conv, "Set", replace(document.conv, **change))
    assert explanation.value == value_at(document, 0, (4, 5))


def test_it_follows_activation_and_pooling(document, pointed, after):
    changed = replace(
        document.block, activation=ActivationSpec("abs"), pool=Pool2DSpec("average", 2)
    )
    explanation = after(document.change_block, "Change", changed)
    assert len(explanation.candidates) == 4
    assert explanation.value == np.mean([c.value for c in explanation.candidates])


def test_it_follows_the_picture(document, pointed, after):
    explanation = after(document.change_picture, "Open", noise(12, 15, seed=1), document.conv)
    assert explanation.value == value_at(document, 0, (4, 5))
    assert not np.array_equal(explanation.patch, pointed.patch)


def test_a_pixel_that_a_smaller_map_does_not_have_is_not_explained(document, pointed, after):
    assert after(document.change_picture, "Open", noise(4, 4), document.conv) is None
    assert after(document.undo_stack.undo).value == pointed.value


def test_an_impossible_layer_is_not_explained_until_it_is_mended(document, pointed, after):
    impossible = replace(document.block, pool=Pool2DSpec("max", 13))
    assert after(document.change_block, "Pool", impossible) is None
    assert after(document.undo_stack.undo).value == pointed.value


def test_many_changes_at_once_are_explained_once(qtbot, document, explainer):
    explained = []
    explainer.explained.connect(explained.append)
    for column in range(10):
        document.selection.set_pixel((2, column))
    document.selection.set_kernel(1)
    qtbot.waitUntil(lambda: explained != [])
    # Any that was planned beside the first one would come before this one.
    document.selection.set_kernel(2)
    qtbot.waitUntil(lambda: len(explained) > 1)
    assert [(one.kernel, one.column) for one in explained] == [(1, 9), (2, 9)]


def test_removing_the_last_kernel_explains_the_one_that_takes_its_place(document, after):
    document.selection.set_kernel(11)
    after(document.selection.set_pixel, (4, 5))
    explanation = after(document.change_conv, "Remove", bank.remove(document.conv, [11]))
    assert explanation.kernel == document.selection.kernel == 10


def test_without_a_picture_there_is_nothing_to_explain(qtbot):
    document = Document(Session(None, NetworkSpec((starter_bank(1),))))
    explainer = Explainer(document)
    with qtbot.waitSignal(explainer.explained) as explained:
        document.selection.set_pixel((0, 0))
    assert explained.args == [None]


@pytest.fixture
def deep(qtbot):
    """A document with a second convolution, whose value is explained; and what explains it."""
    rng = np.random.default_rng(2)
    second = Conv2DSpec(rng.normal(size=(3, 3, 12, 4)), rng.normal(size=4), ("k",) * 4)
    layers = (starter_bank(1), ActivationSpec("relu"), Pool2DSpec(), second, Pool2DSpec("average"))
    document = Document(Session(noise(20, 24), NetworkSpec(layers)))
    preview = Preview(document, ViewSettings())
    explainer = Explainer(document, preview)
    preview.set_target(tuple(range(12)), 200)
    document.selection.set_layer(3)
    document.selection.set_kernel(2)
    document.selection.set_pixel((3, 4))
    qtbot.waitUntil(lambda: explainer.explanation is not None)
    yield document, explainer
    preview.close()


def deep_value(document) -> float:
    values = layer_input(document.picture.pixels, document.network.layers)
    return pytest.approx(float(values[3, 4, 2]), abs=1e-3)


def test_a_deep_value_is_explained_from_the_maps_before_it(qtbot, deep):
    document, explainer = deep
    shown = explainer.explanation
    assert shown.patch.shape == shown.weights.shape == (3, 3, 12)
    assert shown.value == deep_value(document)
    first = bank.set_weights(document.network.conv(0), {(1, 1, 0, 0): 5.0})
    document.change_network("Weights", document.network.with_layer(0, first))
    qtbot.waitUntil(lambda: explainer.explanation.value == deep_value(document))


def test_weights_of_one_network_are_never_explained_with_the_maps_of_another(qtbot, deep):
    document, explainer = deep
    told = []
    explainer.explained.connect(told.append)
    values = [deep_value(document)]
    for factor in (3.0, -2.0, 0.5):
        network = document.network
        for at in (0, 3):
            conv = network.conv(at)
            network = network.with_layer(at, replace(conv, kernel=conv.kernel * factor))
        document.change_network("Other weights", network)
        values.append(deep_value(document))
        qtbot.waitUntil(lambda: bool(told) and told[-1].value == values[-1])
    assert all(any(one.value == value for value in values) for one in told)


def test_where_the_maps_have_failed_nothing_is_explained(qtbot, deep):
    document, explainer = deep
    fewer = bank.remove(document.network.conv(0), [0])
    document.change_network("Fewer", document.network.with_layer(0, fewer))
    qtbot.waitUntil(lambda: explainer.explanation is None)
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: explainer.explanation is not None)

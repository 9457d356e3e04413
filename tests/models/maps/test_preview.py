"""Maps are computed beside the window: right, complete, and never a stale one."""

import numpy as np
import pytest

from playground.core import conv2d
from playground.core.kernels import bank
from playground.core.network.layer_input import layer_input
from playground.core.pictures.picture import Picture
from playground.core.pictures.rendering import quantize
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import ActivationSpec, BlockSpec, Conv2DSpec, NetworkSpec, Pool2DSpec
from playground.models.maps.preview import Preview
from playground.models.state.document import Document
from playground.models.state.view_settings import Viewport, ViewSettings


def picture(height: int = 40, width: int = 60, seed: int = 0) -> Picture:
    pixels = np.random.default_rng(seed).random((height, width, 1), np.float32)
    return Picture(pixels, "noise", (width, height))


@pytest.fixture
def document(qtbot) -> Document:
    return Document(Session(picture(), NetworkSpec((starter_bank(1),))))


@pytest.fixture
def settings() -> ViewSettings:
    return ViewSettings()


@pytest.fixture
def preview(qtbot, document, settings):
    preview = Preview(document, settings)
    yield preview
    preview.close()


def settle(qtbot, preview) -> None:
    qtbot.waitUntil(lambda: not preview.busy)


def show_all(qtbot, preview, width_px: int = 1000) -> None:
    preview.set_target(tuple(range(12)), width_px)
    settle(qtbot, preview)


def expected(document: Document, kernel: int) -> np.ndarray:
    conv = document.conv
    maps = conv2d(document.picture.pixels, conv.kernel, conv.bias, stride=conv.stride)
    if document.block.activation.name == "relu":
        maps = np.maximum(maps, 0)
    return maps[kernel]


def assert_drawn(document, preview, kernel) -> None:
    drawn, values = preview.maps[kernel], expected(document, kernel)
    assert np.abs(drawn.values.astype(int) - quantize(values, drawn.level)).max() <= 1
    assert drawn.stats.minimum == pytest.approx(values.min(), abs=1e-5)
    assert drawn.stats.maximum == pytest.approx(values.max(), abs=1e-5)
    assert drawn.stats.zeros == pytest.approx((values == 0).mean(), abs=1e-3)


def test_all_maps_are_drawn_from_the_numbers_of_the_core(qtbot, document, preview):
    show_all(qtbot, preview)
    assert preview.map_size == (40, 60)
    for kernel in range(12):
        assert_drawn(document, preview, kernel)


def test_one_weight_changes_one_map(qtbot, document, preview):
    show_all(qtbot, preview)
    with qtbot.waitSignal(preview.maps_changed) as changed:
        document.change_conv("Edit", bank.set_weights(document.conv, {(0, 0, 0, 3): 2.0}))
    assert set(changed.args[0].maps) == {3}
    assert_drawn(document, preview, 3)


def test_an_activation_changes_every_map_that_it_cuts(qtbot, document, preview):
    show_all(qtbot, preview)
    document.change_block("ReLU", BlockSpec(document.conv, ActivationSpec("relu")))
    settle(qtbot, preview)
    for kernel in range(12):
        assert_drawn(document, preview, kernel)


def test_renaming_a_kernel_computes_nothing(qtbot, document, preview):
    show_all(qtbot, preview)
    document.change_conv("Rename", bank.rename(document.conv, 0, "edge"))
    assert not preview.busy


def test_common_levels_are_the_same_for_all_maps(qtbot, document, preview, settings):
    show_all(qtbot, preview)
    own = [m.level for m in preview.maps.values()]
    settings.set_levels("common")
    settle(qtbot, preview)
    assert {m.level for m in preview.maps.values()} == {max(own)}


def test_maps_are_reduced_to_the_screen(qtbot, document, preview):
    show_all(qtbot, preview, width_px=20)
    assert preview.maps[0].values.shape == (14, 20)
    assert preview.maps[0].window == (0, 0, 40, 60)


def test_a_zoomed_window_is_drawn_in_full_and_keeps_its_colours(qtbot, document, preview, settings):
    show_all(qtbot, preview, width_px=20)
    level = preview.maps[0].level
    settings.set_viewport(Viewport(0.5, 0.5, 4.0))
    settle(qtbot, preview)
    top, left, bottom, right = preview.maps[0].window
    assert top <= 15
    assert bottom >= 25
    assert preview.maps[0].values.shape == (bottom - top, right - left)
    assert preview.maps[0].level == level
    part = expected(document, 0)[top:bottom, left:right]
    assert np.abs(preview.maps[0].values.astype(int) - quantize(part, level)).max() <= 1


def test_an_impossible_kernel_is_a_sentence_and_mending_it_brings_the_maps_back(
    qtbot, document, preview
):
    show_all(qtbot, preview)
    good = document.block
    small = picture(2, 2)
    with qtbot.waitSignal(preview.problem_changed) as problem:
        document.change_picture("Tiny", small, document.conv)
        document.change_block("Pool", BlockSpec(good.conv, pool=Pool2DSpec("max", 5)))
    assert "5" in problem.args[0]
    assert preview.maps == {}
    document.undo_stack.undo()
    settle(qtbot, preview)
    assert preview.problem == ""
    assert len(preview.maps) == 12


def test_the_last_of_many_edits_is_what_is_drawn(qtbot, document, preview):
    show_all(qtbot, preview)
    rng = np.random.default_rng(1)
    for _ in range(300):
        cell = (int(rng.integers(3)), int(rng.integers(3)), 0, int(rng.integers(12)))
        document.change_conv("Edit", bank.set_weights(document.conv, {cell: rng.normal()}))
    settle(qtbot, preview)
    for kernel in range(12):
        assert_drawn(document, preview, kernel)


def test_a_large_map_fills_while_it_is_computed(qtbot, document, preview):
    preview.set_target((0, 1), 300)
    settle(qtbot, preview)
    shares = []

    def note(result):
        shares.extend(m.complete for m in result.maps.values())

    preview.maps_changed.connect(note)
    document.change_picture("Big", picture(3000, 4000), document.conv)
    qtbot.waitUntil(lambda: not preview.busy, timeout=20_000)
    assert shares[-1] == 1.0
    assert min(shares) < 1.0
    assert shares == sorted(shares)


def deep_document() -> Document:
    """Two blocks: 12 kernels over grey and pooling, then 6 over the 12 maps."""
    rng = np.random.default_rng(3)
    second = Conv2DSpec(rng.normal(size=(3, 3, 12, 6)), rng.normal(size=6), ("k",) * 6)
    layers = (starter_bank(1), ActivationSpec("relu"), Pool2DSpec("max", 2), second)
    return Document(Session(picture(), NetworkSpec((*layers, ActivationSpec("tanh")))))


class TestDeepLayers:
    """The maps of a layer that is given the maps of others."""

    @pytest.fixture
    def document(self, qtbot) -> Document:
        return deep_document()

    @staticmethod
    def expected(document) -> np.ndarray:
        given = layer_input(document.picture.pixels, document.network.layers)
        return np.moveaxis(given, 2, 0)

    def assert_all_drawn(self, qtbot, document, preview):
        settle(qtbot, preview)
        values = self.expected(document)
        assert preview.map_size == values.shape[1:]
        for kernel, wanted in enumerate(values):
            drawn = preview.maps[kernel]
            assert np.abs(drawn.values.astype(int) - quantize(wanted, drawn.level)).max() <= 1

    def test_the_maps_are_made_from_those_before(self, qtbot, document, preview):
        show_all(qtbot, preview)
        assert len(preview.maps) == 12
        document.selection.set_layer(3)
        self.assert_all_drawn(qtbot, document, preview)
        assert len(preview.maps) == 6
        given = layer_input(document.picture.pixels, document.network.layers[:3])
        np.testing.assert_allclose(preview.layer_input, given, atol=1e-5)
        document.selection.set_layer(0)
        settle(qtbot, preview)
        assert preview.map_size == (20, 30)
        assert preview.layer_input is document.picture.pixels

    def test_what_changes_before_changes_every_map(self, qtbot, document, preview):
        show_all(qtbot, preview)
        document.selection.set_layer(3)
        settle(qtbot, preview)
        first = bank.set_weights(document.network.conv(0), {(1, 1, 0, 4): 3.0})
        document.change_network("Weights", document.network.with_layer(0, first))
        self.assert_all_drawn(qtbot, document, preview)
        pooled = document.network.with_layer(2, Pool2DSpec("average", 4))
        document.change_network("Pool", pooled)
        self.assert_all_drawn(qtbot, document, preview)
        document.undo_stack.undo()
        self.assert_all_drawn(qtbot, document, preview)

    def test_unchanged_layers_before_give_the_same_input(self, qtbot, document, preview):
        show_all(qtbot, preview)
        document.selection.set_layer(3)
        settle(qtbot, preview)
        given = preview.layer_input
        document.change_conv("Edit", bank.set_weights(document.conv, {(0, 0, 5, 3): 2.0}))
        self.assert_all_drawn(qtbot, document, preview)
        assert preview.layer_input is given

    def test_many_changes_before_end_with_the_last(self, qtbot, document, preview):
        show_all(qtbot, preview)
        document.selection.set_layer(3)
        rng = np.random.default_rng(1)
        for _ in range(100):
            kernel = rng.normal(size=(3, 3, 1, 12)).astype(np.float32)
            first = bank.with_kernels(document.network.conv(0), kernel)
            document.change_network("Training", document.network.with_layer(0, first), gesture=1)
        self.assert_all_drawn(qtbot, document, preview)

    def test_channels_that_do_not_fit_are_a_sentence(self, qtbot, document, preview):
        show_all(qtbot, preview)
        document.selection.set_layer(3)
        settle(qtbot, preview)
        fewer = bank.remove(document.network.conv(0), [0])
        with qtbot.waitSignal(preview.problem_changed) as problem:
            document.change_network("Fewer", document.network.with_layer(0, fewer))
        assert "12 input channels, but the input has 11" in problem.args[0]
        assert preview.layer_input is None
        document.undo_stack.undo()
        self.assert_all_drawn(qtbot, document, preview)


def test_drawing_known_maps_again_does_not_change_what_their_computing_took(
    qtbot, document, preview, settings
):
    show_all(qtbot, preview)
    took = preview.elapsed_ms
    for zoom in (2.0, 3.0):
        settings.set_viewport(Viewport(0.5, 0.5, zoom))
        settle(qtbot, preview)
        preview.set_target(tuple(range(12)), round(100 * zoom))
        settle(qtbot, preview)
    assert preview.elapsed_ms == took
    document.change_conv("x", bank.set_weights(document.conv, {(0, 0, 0, 0): 5.0}))
    settle(qtbot, preview)
    assert preview.elapsed_ms != took

"""A map that leaves the window is whole and exact, and none that was asked for is dropped."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication

from playground.core import conv2d
from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import ActivationSpec, BlockSpec, NetworkSpec, Pool2DSpec
from playground.models.maps.map_export import Look, MapExport
from playground.models.state.document import Document

TABLE = np.stack([np.arange(255)] * 3, axis=1).astype(np.uint8)
LOOK = Look(2.0, TABLE)


@pytest.fixture
def document(qapp):
    pixels = np.random.default_rng(0).random((21, 34, 3), np.float32)
    picture = Picture(pixels, "noise", (34, 21), colour="rgb")
    return Document(Session(picture, NetworkSpec((starter_bank(3),))))


@pytest.fixture
def export(qtbot, document):
    made = MapExport(document)
    yield made
    made.close()


def expected(document, kernel):
    conv = document.conv
    return conv2d(document.picture.pixels, conv.kernel, conv.bias)[kernel]


def test_npy_holds_the_values_themselves(qtbot, document, export, tmp_path):
    path = tmp_path / "map.npy"
    with qtbot.waitSignal(export.saved) as saved:
        export.save(4, LOOK, str(path), "npy")
    assert saved.args == [str(path)]
    np.testing.assert_allclose(np.load(path), expected(document, 4), atol=1e-6)


def test_sixteen_bits_give_the_values_back_to_a_65535th_of_their_range(
    qtbot, document, export, tmp_path
):
    path = tmp_path / "map.png"
    with qtbot.waitSignal(export.saved):
        export.save(4, LOOK, str(path), "png16")
    with Image.open(path) as image:
        low, high = float(image.text["minimum"]), float(image.text["maximum"])
        words = np.asarray(image).astype(np.float64)
    values = expected(document, 4)
    assert np.abs(low + words / 65535 * (high - low) - values).max() <= (high - low) / 65535


def test_as_seen_has_the_colours_and_only_the_part_that_is_looked_at(
    qtbot, document, export, tmp_path
):
    path = tmp_path / "map.png"
    look = replace(LOOK, window=(0.0, 0.5, 1.0, 1.0))
    with qtbot.waitSignal(export.saved):
        export.save(0, look, str(path), "png")
    with Image.open(path) as image:
        seen = np.asarray(image)[..., 0].astype(int)
    values = expected(document, 0)[:, 17:]
    assert seen.shape == values.shape
    assert np.abs(seen - np.clip(values / 2 * 127 + 127, 0, 254)).max() <= 1


def test_activation_and_pooling_are_part_of_the_map(qtbot, document, export, tmp_path):
    block = BlockSpec(document.conv, ActivationSpec("relu"), Pool2DSpec("max", 2))
    document.change_block("x", block)
    path = tmp_path / "map.npy"
    with qtbot.waitSignal(export.saved):
        export.save(0, LOOK, str(path), "npy")
    values = np.maximum(expected(document, 0), 0)[:20]
    wanted = values.reshape(10, 2, 17, 2).max(axis=(1, 3))
    np.testing.assert_allclose(np.load(path), wanted, atol=1e-6)


def test_a_copy_is_on_the_clipboard(qtbot, document, export):
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(export.copied):
        export.copy(1, LOOK)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (34, 21)


def test_what_is_saved_is_the_map_of_the_moment_it_was_asked_for(qtbot, document, export, tmp_path):
    wanted = expected(document, 2)
    path = tmp_path / "map.npy"
    with qtbot.waitSignal(export.saved):
        export.save(2, LOOK, str(path), "npy")
        conv = document.conv
        document.change_conv("x", replace(conv, kernel=conv.kernel * 0))
    np.testing.assert_allclose(np.load(path), wanted, atol=1e-6)


def test_every_map_that_was_asked_for_is_written(qtbot, document, export, tmp_path):
    for kernel in range(12):
        export.save(kernel, LOOK, str(tmp_path / f"{kernel}.npy"), "npy")
    qtbot.waitUntil(lambda: not export.busy)
    assert len(list(tmp_path.iterdir())) == 12


def test_a_folder_that_is_not_there_gives_one_sentence_and_no_file(
    qtbot, document, export, tmp_path
):
    with qtbot.waitSignal(document.problem) as problem:
        export.save(0, LOOK, str(tmp_path / "nowhere" / "map.png"), "png")
    assert "nowhere" in problem.args[0]
    assert list(tmp_path.iterdir()) == []
    with qtbot.waitSignal(export.saved):
        export.save(0, LOOK, str(tmp_path / "map.png"), "png")


def test_without_a_picture_there_is_nothing_to_save(qtbot, tmp_path):
    document = Document(Session(None, NetworkSpec((starter_bank(1),))))
    export = MapExport(document)
    with qtbot.waitSignal(document.problem) as problem:
        export.save(0, LOOK, str(tmp_path / "map.png"), "png")
    assert "picture" in problem.args[0]


def test_the_worker_ends_with_its_owner(qtbot, document, tmp_path):
    export = MapExport(document)
    with qtbot.waitSignal(export.saved):
        export.save(0, LOOK, str(tmp_path / "map.npy"), "npy")
    export.deleteLater()
    del export  # the fixture that looks for threads left behind does the rest

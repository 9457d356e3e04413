"""Showing an example as the input gives exactly the answer that the list gives for it."""

import gc
from dataclasses import replace
from weakref import ref

import numpy as np
import pytest
from PIL import Image

from playground.core.explain.classification import classify_all
from playground.core.network.building import build
from playground.files.datasets.picture_folder import load_folder, scan_folder
from playground.files.pictures.images import load_picture
from playground.files.pictures.samples import samples
from playground.files.pictures.sources import FileSource
from playground.models.training.inspect.guessing import Guesser
from playground.models.training.tasks.task_picture import Example, example_picture, in_channels
from tests.files.pictures.made import gradient
from tests.models.made_tasks import chosen

SHIPPED = ("digits", "clothes", "shapes", "lines")


DRAWINGS = {
    "house": (
        ((0.45, 0.2), (0.85, 0.2), (0.85, 0.8), (0.45, 0.8), (0.45, 0.2)),
        ((0.48, 0.15), (0.15, 0.5), (0.48, 0.85)),
        ((0.85, 0.43), (0.62, 0.43), (0.62, 0.57), (0.85, 0.57)),
    ),
    "cup": (
        ((0.25, 0.2), (0.8, 0.28), (0.8, 0.56), (0.25, 0.64), (0.25, 0.2)),
        ((0.35, 0.63), (0.35, 0.8), (0.6, 0.8), (0.65, 0.6)),
    ),
}
"""Strokes through (row, column), in shares of the pad."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Own pictures of every kind, in two classes."""
    root = tmp_path_factory.mktemp("pictures") / "Mixed"
    noise = np.random.default_rng(0).integers(0, 256, (40, 60, 3), np.uint8)
    bright = np.full((50, 50, 3), 255, np.uint8)
    bright[15:35, 20:30] = (200, 30, 60)
    clear = np.dstack([gradient(45, 45, 3), gradient(45, 45, 1)])
    turned = Image.Exif()
    turned[274] = 6
    deep = (gradient(33, 47, 1).astype(np.uint16) * 257) ^ 77
    rows = np.linspace(0, 255, 6000, dtype=np.uint8)
    huge = Image.merge("RGB", [Image.fromarray(np.tile(rows, (4000, 1)))] * 3)
    pictures = {
        "colour.png": (noise[:40, :40], {}),
        "grey.png": (noise[:, :, 0], {}),
        "wide.png": (noise, {}),
        "tall.png": (noise.transpose(1, 0, 2), {}),
        "bright-border.png": (bright, {}),
        "one-pixel.png": (noise[:1, :1], {}),
        "transparent.png": (clear, {}),
        "turned.jpg": (gradient(70, 50, 3), {"exif": turned}),
        "deep.png": (deep, {}),
        "long.png": (noise[:2], {}),
        "small.png": (noise[:9, :7], {}),
    }
    for number, (name, (values, options)) in enumerate(pictures.items()):
        place = root / ("day", "night")[number % 2]
        place.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.ascontiguousarray(values)).save(place / name, **options)
    huge.save(root / "day" / "24-megapixels.jpg")
    return root


def sure(task):
    """The task's network with weights so large that the last digits of its outputs show."""
    layers = [
        replace(layer, kernel=3 * layer.kernel) if hasattr(layer, "kernel") else layer
        for layer in task.network.layers
    ]
    return replace(task.network, layers=tuple(layers))


def listed(task, network, pictures):
    """The chances of examples (N, H, W, C), as in the list."""
    return classify_all(build(network, task.inputs.shape[1:]), pictures)


def by_class(guess, task):
    """The guess's chances in the order of the classes."""
    chances = dict(guess.chances)
    return np.float32([chances[name] for name in task.class_names])


def of_folder(folder, side, colour):
    """The task of a folder, and its examples with the files they were read from."""
    task = chosen("own", folder=folder, side=side, colour=colour).make(None)[0]
    read = load_folder(scan_folder(folder), side, colour, lambda *_: None, lambda: False)
    assert len(read.paths) == 12
    assert not read.unreadable
    return task, read


@pytest.mark.parametrize("name", SHIPPED)
def test_an_example_that_comes_with_the_program_is_guessed_as_it_is_listed(name):
    task = chosen(name).make(None)[0]
    network, guesser = sure(task), Guesser()
    examples = np.concatenate([task.inputs[::80], task.validation[0][::20]])
    for example, chances in zip(examples, listed(task, network, examples), strict=True):
        guess = guesser.guess(task, network, example_picture(Example("example", example), 1, 512))
        assert np.array_equal(by_class(guess, task), chances)
        assert np.array_equal(guess.example.pixels, example)


@pytest.mark.parametrize(("side", "colour"), [(32, False), (64, True)])
def test_a_file_of_the_folder_is_guessed_as_its_example_is_listed(folder, side, colour):
    task, read = of_folder(folder, side, colour)
    network, guesser = sure(task), Guesser()
    for path, example, chances in zip(
        read.paths,
        read.dataset.inputs,
        listed(task, network, read.dataset.inputs),
        strict=True,
    ):
        opened = load_picture(FileSource(path), 128, "grey")
        listed_one = example_picture(Example("", example), 3, None)
        for picture in (opened, in_channels(opened, 3), listed_one):
            guess = guesser.guess(task, network, picture)
            assert np.array_equal(by_class(guess, task), chances), path.name
            assert not guess.example.inverted


@pytest.mark.parametrize("later", ["gone", "another picture"])
def test_a_file_that_has_changed_is_guessed_from_what_is_shown(tmp_path, folder, later):
    task, _ = of_folder(folder, 32, True)
    path = tmp_path / "square.png"
    Image.fromarray(gradient(32, 32, 3)).save(path)
    picture = load_picture(FileSource(path), 512, "rgb")
    before = Guesser().guess(task, task.network, picture)
    if later == "gone":
        path.unlink()
    else:
        Image.fromarray(255 - gradient(40, 32, 3)).save(path)
    assert Guesser().guess(task, task.network, picture).chances == before.chances


def test_colours_shown_in_grey_are_those_of_the_file_in_grey(folder):
    source = FileSource(folder / "day" / "wide.png")
    shown = in_channels(load_picture(source, None, "rgb"), 1)
    assert shown.pixels == pytest.approx(load_picture(source, None, "grey").pixels, abs=1e-6)


def test_neither_task_nor_picture_is_kept_alive(lines, bench):
    guesser, task = Guesser(), replace(lines.task)
    picture = replace(bench.document.picture)
    guesser.guess(task, task.network, picture)
    watched = ref(task), ref(picture)
    del task, picture
    gc.collect()
    assert [each() for each in watched] == [None, None]


def test_a_drawing_is_guessed_from_its_own_pixels(qtbot, bench, lines):
    bench.pad.press(4.0, 4.0)
    bench.pad.drag(20.0, 22.0)
    bench.pad.release()
    task, drawn = lines.task, bench.pad.pixels[..., np.newaxis]
    guess = Guesser().guess(task, task.network, bench.document.picture)
    assert np.array_equal(guess.example.pixels, drawn)
    assert np.array_equal(by_class(guess, task), listed(task, task.network, drawn[np.newaxis])[0])


@pytest.mark.parametrize("name", ["own", "lines"])
def test_every_example_of_the_list_made_the_input_is_guessed_as_it_is_listed(
    qtbot, bench, steps, folder, name
):
    training, classes = bench.training, bench.classes
    with qtbot.waitSignal(training.task_changed):
        own = {"folder": folder, "side": 32, "colour": True} if name == "own" else {}
        training.choose(chosen(name, **own))
    steps(training, 2)
    classes.set_watched(True)
    classes.one.set_watched(True)
    for number, example in enumerate(classes.examples[:6]):
        classes.make_input(number)

        def answered(example=example):
            guess = classes.guess
            return guess is not None and np.array_equal(guess.example.pixels, example)

        qtbot.waitUntil(answered)
        qtbot.waitUntil(lambda: classes.report is not None)
        chances = classes.report.chances[number]
        assert np.array_equal(by_class(classes.guess, training.task), chances)


@pytest.mark.parametrize("name", SHIPPED)
def test_few_held_out_examples_are_called_unlike_and_photographs_are(name):
    task = chosen(name).make(None)[0]
    guesser = Guesser()

    def unlike(picture):
        return guesser.guess(task, task.network, picture).novelty.unlike

    held_out = [example_picture(Example("", one), 1, None) for one in task.validation[0][::10]]
    assert np.mean([unlike(picture) for picture in held_out]) <= 0.06
    photographs = [one.source for one in samples() if one.group in ("Photographs", "Textures")]
    seen = [unlike(load_picture(source, 128)) for source in photographs]
    assert np.mean(seen) > 0.9


@pytest.mark.parametrize("name", ["digits", "clothes"])
@pytest.mark.parametrize("drawn", ["house", "cup"])
def test_a_house_and_a_cup_are_unlike_digits_and_clothes(qtbot, bench, name, drawn):
    task = chosen(name).make(None)[0]
    for stroke in DRAWINGS[drawn]:
        bench.pad.press(*(28 * place for place in stroke[0]))
        for point in stroke[1:]:
            bench.pad.drag(*(28 * place for place in point))
        bench.pad.release()
    novelty = Guesser().guess(task, task.network, bench.document.picture).novelty
    assert novelty.unlike
    assert novelty.nearer > 0.97 * novelty.compared

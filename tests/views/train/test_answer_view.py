"""What the network says of the picture that is shown."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.core.claims import chance
from playground.core.pictures.picture import Picture
from playground.files.pictures.examples import load_example
from playground.files.pictures.sources import ArraySource
from tests.models.made_tasks import chosen
from tests.views.train.hands import click, paused, reached

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def answer(qtbot, window, training):
    """Lines are told apart, after one step."""
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    click(window.train.run_controls.step)
    reached(qtbot, training, 1)
    paused(qtbot, training)
    qtbot.waitUntil(lambda: window.bench.classes.guess is not None)
    return window.train.answer


def show(qtbot, window, pixels):
    """Make pixels the picture, and wait for the guess about it."""
    document, classes = window.bench.document, window.bench.classes
    picture = Picture(np.asarray(pixels, np.float32), "drawn", pixels.shape[1::-1])
    document.change_picture("Other", picture, document.conv)
    task = window.bench.training.task
    source = ArraySource("drawn", picture.pixels)
    wanted = load_example(source, task.inputs.shape[1:], white_on_black=task.white_on_black)

    def answered():
        guess = classes.guess
        return guess is not None and np.array_equal(guess.example.pixels, wanted.pixels)

    qtbot.waitUntil(answered)


def test_what_is_shown_is_classified_in_words_too(qtbot, answer):
    qtbot.waitUntil(lambda: answer.guess.guess is not None)
    name, share = answer.guess.guess.chances[0]
    assert answer.guess.accessibleDescription().startswith(f"{name} {chance(share)}")


def test_the_picture_stands_beside_its_guess_as_the_network_gets_it(
    qtbot,
    window,
    answer,
    training,
):
    example = training.task.validation[0][3]
    show(qtbot, window, example)
    assert answer.example.isVisible()
    assert "28 × 28 pixels, grey" in answer.example.toolTip()
    picture = answer.example.grab().toImage()
    ratio = picture.devicePixelRatio()
    side = (picture.width() / ratio - 2) / 28
    for row, column in ((2, 3), (14, 14), (25, 20)):
        at = [int((1 + (place + 0.5) * side) * ratio) for place in (column, row)]
        grey = picture.pixelColor(*at).red() / 255
        assert grey == pytest.approx(example[row, column, 0], abs=1 / 255)


def words_about(answer):
    """Without the step that it is of."""
    step, _, words = answer.title.text().rpartition(" · ")
    assert step.startswith("step ") or not step
    return words


def test_an_example_is_not_called_unlike(qtbot, window, answer, training):
    show(qtbot, window, training.task.validation[0][3])
    assert answer.title.property("kind") == "detail"
    assert words_about(answer) == "this picture"


def test_what_is_unlike_is_said_with_how_many_are_nearer(qtbot, window, answer, training):
    rows, columns = np.mgrid[0:60, 0:60] // 10
    show(qtbot, window, ((rows + columns) % 2 * 0.4)[..., np.newaxis])
    compared = window.bench.classes.guess.novelty.compared
    assert answer.title.property("kind") == "error"
    assert words_about(answer) == "unlike the training pictures"
    words = f"{compared} of {compared} other examples are nearer to a training picture"
    assert words in answer.title.toolTip()


def test_ink_on_paper_is_said_to_be_inverted(qtbot, window, answer):
    paper = np.ones((40, 60, 1))
    paper[18:22, 20:40] = 0.1
    show(qtbot, window, paper)
    assert words_about(answer) == "this picture, inverted"
    assert "white on black" in answer.title.toolTip()
    show(qtbot, window, 1 - paper)
    assert words_about(answer) == "this picture"


def test_only_tasks_with_classes_have_an_answer(qtbot, window, answer, training):
    assert answer.isVisible()
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("denoise"))
    assert not answer.isVisible()


def test_it_answers_whatever_page_is_open(qtbot, window, answer, training):
    window.train.pages.show_page(window.train.pages.layers)
    show(qtbot, window, training.task.validation[0][4])
    assert answer.isVisible()
    assert answer.guess.guess is window.bench.classes.guess

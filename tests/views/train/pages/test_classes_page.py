"""The page of classes by hand: the matrix, the examples, and what is drawn."""

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem

from playground.core.claims import chance
from playground.core.pictures.picture import Picture
from playground.files.pictures.examples import load_example
from playground.files.pictures.sources import ArraySource
from playground.models.training.inspect.class_models import ClassRole
from tests.models.made_tasks import chosen
from tests.views.train.hands import click, paused, reached

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, window, training):
    """Lines are told apart, after one step."""
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    click(window.train.run_controls.step)
    reached(qtbot, training, 1)
    paused(qtbot, training)
    page = window.train.pages.classes
    qtbot.waitUntil(lambda: page.examples.rowCount() > 0)
    return page


def test_a_task_with_classes_begins_with_their_page(page):
    assert page.isVisible()
    assert page.matrix.model().rowCount() == page.matrix.model().columnCount()


def test_the_matrix_on_screen_counts_every_validation_picture(page, training):
    model = page.matrix.model()
    names = range(model.rowCount())
    total = sum(int(model.index(r, c).data() or 0) for r in names for c in names)
    assert total == len(training.task.validation[1])


def test_a_number_that_does_not_fit_its_cell_is_left_out_rather_than_cut_off(page):
    colours = []
    for width in (60, 4):
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 20)
        cell = QImage(width, 20, QImage.Format.Format_RGB32)
        painter = QPainter(cell)
        page.matrix.itemDelegate().paint(painter, option, most_counted(page.matrix.model()))
        painter.end()
        inside = [cell.pixel(x, y) for x in range(width - 2) for y in range(18)]
        colours.append(len(set(inside)))
    assert colours[0] > 1
    assert colours[1] == 1


def most_counted(model):
    names = range(model.rowCount())
    cells = [model.index(row, column) for row in names for column in names]
    return max(cells, key=lambda cell: int(cell.data() or 0))


def test_a_click_on_an_example_makes_it_the_input(window, page, training):
    index = page.examples.index(1)
    QTest.mouseClick(page.list.viewport(), LEFT, pos=page.list.visualRect(index).center())
    shown = window.bench.document.picture.pixels
    assert np.array_equal(shown, training.task.validation[0][index.data(ClassRole.NUMBER)])


def test_only_mistakes_can_be_listed(page):
    click(page.mistaken)
    rows = [page.examples.index(row) for row in range(page.examples.rowCount())]
    assert rows
    assert not any(index.data(ClassRole.RIGHT) for index in rows)


def test_what_is_shown_is_classified_in_words_too(qtbot, page):
    qtbot.waitUntil(lambda: page.guess.guess is not None)
    name, share = page.guess.guess.chances[0]
    assert page.guess.accessibleDescription().startswith(f"{name} {chance(share)}")


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


def test_the_picture_stands_beside_its_guess_as_the_network_gets_it(
    qtbot,
    window,
    page,
    training,
):
    example = training.task.validation[0][3]
    show(qtbot, window, example)
    assert page.example.isVisible()
    assert "28 × 28 pixels, grey" in page.example.toolTip()
    picture = page.example.grab().toImage()
    ratio = picture.devicePixelRatio()
    side = (picture.width() / ratio - 2) / 28
    for row, column in ((2, 3), (14, 14), (25, 20)):
        at = [int((1 + (place + 0.5) * side) * ratio) for place in (column, row)]
        grey = picture.pixelColor(*at).red() / 255
        assert grey == pytest.approx(example[row, column, 0], abs=1 / 255)


def words_about_the_guess(page):
    """Without the step that it is of."""
    step, _, words = page.guess_title.text().rpartition(" · ")
    assert step.startswith("step ") or not step
    return words


def test_an_example_is_not_called_unlike(qtbot, window, page, training):
    show(qtbot, window, training.task.validation[0][3])
    assert page.guess_title.property("kind") == "detail"
    assert words_about_the_guess(page) == "this picture"


def test_what_is_unlike_is_said_with_how_many_are_nearer(qtbot, window, page, training):
    rows, columns = np.mgrid[0:60, 0:60] // 10
    show(qtbot, window, ((rows + columns) % 2 * 0.4)[..., np.newaxis])
    compared = window.bench.classes.guess.novelty.compared
    assert page.guess_title.property("kind") == "error"
    assert words_about_the_guess(page) == "unlike the training pictures"
    words = f"{compared} of {compared} other examples are nearer to a training picture"
    assert words in page.guess_title.toolTip()


def test_ink_on_paper_is_said_to_be_inverted(qtbot, window, page):
    paper = np.ones((40, 60, 1))
    paper[18:22, 20:40] = 0.1
    show(qtbot, window, paper)
    assert words_about_the_guess(page) == "this picture, inverted"
    assert "white on black" in page.guess_title.toolTip()
    show(qtbot, window, 1 - paper)
    assert words_about_the_guess(page) == "this picture"

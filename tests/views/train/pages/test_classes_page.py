"""The page of classes by hand: the matrix, the examples, and what is drawn."""

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem

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

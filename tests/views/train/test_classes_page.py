"""The page of classes by hand: the matrix, the examples, and what is drawn."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.models.training.class_models import ClassRole
from playground.models.training.task_choice import TaskChoice
from tests.views.train.test_train_panel import (  # noqa: F401 - fixtures
    click,
    paused,
    reached,
    training,
    window,
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, window, training):  # noqa: F811
    """Lines are told apart, after one step."""
    with qtbot.waitSignal(training.task_changed):
        training.choose(TaskChoice("lines"))
    click(window.train.run_controls.step)
    reached(qtbot, training, 1)
    paused(qtbot, training)
    page = window.train.pages.classes
    qtbot.waitUntil(lambda: page.examples.rowCount() > 0)
    return page


def test_a_task_with_classes_begins_with_their_page(page):
    assert page.isVisible()
    assert page.matrix.model().rowCount() == page.matrix.model().columnCount()


def test_the_matrix_on_screen_counts_every_validation_picture(page, training):  # noqa: F811
    model = page.matrix.model()
    names = range(model.rowCount())
    total = sum(int(model.index(r, c).data() or 0) for r in names for c in names)
    assert total == len(training.task.validation[1])


def test_a_click_on_an_example_makes_it_the_input(window, page, training):  # noqa: F811
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
    name, chance = page.guess.guess.chances[0]
    assert page.guess.accessibleDescription().startswith(f"{name} {chance:.0%}")

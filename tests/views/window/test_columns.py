"""How the panels share the window in Explore and in Train."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from playground.models.training.tasks.task_choices import preset_goal
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.columns import PageStack
from playground.views.window.main_window import MainWindow
from tests.models.made_tasks import chosen

FRAME = 24 + 40
"""Pixels of a screen's height that title bar and task bar take."""
SMALL, USUAL = (1280, 720 - FRAME), (1366, 768 - FRAME)


@pytest.fixture
def bench(qtbot):
    bench = Workbench()
    yield bench
    bench.close()


@pytest.fixture
def window(qtbot, bench):
    theming = Theming(bench.settings, bench)
    theming.apply()
    window = MainWindow(bench, theming)
    qtbot.addWidget(window)
    window.resize(*SMALL)
    window.show()
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    qtbot.waitUntil(lambda: len(bench.preview.maps) == 12 and not bench.preview.busy)
    yield window
    QApplication.instance().setStyleSheet("")


def train(qtbot, bench, task):
    """Choose a task in Train, and do a step of it."""
    bench.settings.set_mode("train")
    with qtbot.waitSignal(bench.training.task_changed):
        bench.training.choose(task)
    bench.training.step_once()
    qtbot.waitUntil(lambda: bench.training.frame is not None and not bench.training.running)
    QApplication.processEvents()


def place(window, part):
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def test_in_train_each_map_stands_below_its_kernel_and_learning_beside(qtbot, bench, window):
    train(qtbot, bench, chosen("digits"))
    kernels, maps = place(window, window.bank), place(window, window.maps)
    assert maps.top() > kernels.bottom()
    assert abs(maps.left() - kernels.left()) <= 1
    assert place(window, window.train.pages).left() > maps.right()
    assert place(window, window.train.bar).width() == window.width()


def test_explore_is_as_it_was_when_train_is_left(bench, window):
    before = {part: place(window, part) for part in (window.maps, window.bank, window.input.view)}
    bench.settings.set_mode("train")
    QApplication.processEvents()
    bench.settings.set_mode("explore")
    QApplication.processEvents()
    assert {part: place(window, part) for part in before} == before


def test_each_mode_keeps_the_widths_it_was_given(bench, window):
    window.columns.setSizes([300, 400, 500])
    explore = window.columns.sizes()
    bench.settings.set_mode("train")
    window.columns.setSizes([350, 350, 500])
    train = window.columns.sizes()
    bench.settings.set_mode("explore")
    assert window.columns.sizes() == explore
    assert window.shares()["columns in train"] == train


def test_the_widths_of_the_last_window_are_taken_up_by_mode(qtbot, bench, window):
    window.set_shares({"columns in explore": (320, 400, 500), "columns in train": (400, 350, 500)})
    explore = window.columns.sizes()
    assert explore[0] < explore[1] < explore[2]
    bench.settings.set_mode("train")
    assert window.columns.sizes()[0] > window.columns.sizes()[1]


@pytest.mark.parametrize("task", ["digits", "clothes"])
def test_confusions_and_curve_are_large_enough_to_read(qtbot, bench, window, task):
    window.resize(*USUAL)
    train(qtbot, bench, chosen(task))
    matrix = window.train.pages.classes.matrix
    qtbot.waitUntil(lambda: matrix.isVisible() and matrix.model().rowCount() == 10)
    QApplication.processEvents()  # The names find their place.
    cell = matrix.visualRect(matrix.model().index(9, 9))
    assert min(cell.width(), cell.height()) >= 22
    assert matrix.viewport().rect().contains(cell)
    assert window.train.curves.plot.height() >= 150


@pytest.mark.parametrize("size", [USUAL, (1440, 836), (1440, 900), (1920, 1000)])
def test_why_is_seen_whole(qtbot, bench, window, size):
    window.resize(*size)
    train(qtbot, bench, chosen("digits"))
    page = window.train.pages.why
    window.train.pages.show_page(page)
    bench.document.selection.set_weight((1, 1))
    qtbot.waitUntil(lambda: bool(page.rule.text()))
    for _ in range(3):
        QApplication.processEvents()
    for bar in (
        page.findChild(QScrollArea).verticalScrollBar(),
        window.maps.view.verticalScrollBar(),
    ):
        assert bar.maximum() == 0


@pytest.mark.parametrize("size", [SMALL, USUAL])
@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_the_letters_of_the_rule_are_explained_below_pictures_that_stay_large(
    qtbot, bench, window, size, optimizer
):
    window.resize(*size)
    train(qtbot, bench, chosen("digits"))
    bench.training.change_setup(optimizer=optimizer)
    page = window.train.pages.why
    window.train.pages.show_page(page)
    bench.document.selection.set_weight((1, 1))
    qtbot.waitUntil(lambda: bool(page.where.text()))
    QApplication.processEvents()
    assert ("u:" if optimizer == "momentum" else "m:") in page.where.text()
    where, around = place(window, page.where), place(window, page)
    assert around.contains(where)
    assert where.height() >= page.where.heightForWidth(where.width())
    lines = 2 * (page.fontMetrics().height() + 3)
    for picture in (page.errors, page.inputs, page.products):
        assert not place(window, picture).intersects(where)
        assert min(picture.width(), picture.height() - lines) >= 65


def test_all_maps_of_a_first_layer_are_seen_at_once(qtbot, bench, window):
    train(qtbot, bench, chosen("digits"))
    view = window.maps.view
    assert view.verticalScrollBar().maximum() == 0
    assert len(view.cells) == 8


def test_a_digit_can_be_drawn_on_the_smallest_screen(qtbot, bench, window):
    train(qtbot, bench, chosen("digits"))
    QTest.mouseClick(window.input.bar.draw, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    canvas = window.input.pad.canvas
    assert min(canvas.width(), canvas.height()) >= 200
    assert window.rect().contains(place(window, canvas))
    assert not place(window, canvas).intersects(place(window, window.train.answer))
    QTest.mouseClick(window.input.bar.draw, Qt.MouseButton.LeftButton)
    assert window.train.setup_controls.isVisible()


def test_curve_and_pages_share_the_height_as_they_were_left_to(qtbot, bench, window):
    window.resize(1440, 900)
    window.set_shares({"rows in train": [260, 400]})
    train(qtbot, bench, chosen("lines"))
    assert abs(window.train.rows.sizes()[0] - 260) < 20
    window.train.rows.setSizes([200, 500])
    kept = window.shares()["rows in train"]
    assert kept == window.train.rows.sizes()
    bench.settings.set_mode("explore")
    window.set_presenting(True)
    assert window.shares()["columns in explore"] == window.columns.sizes()
    window.set_presenting(False)


@pytest.mark.parametrize("size", [SMALL, USUAL])
def test_nothing_of_train_lies_outside_the_window_or_on_anything_else(qtbot, bench, window, size):
    window.resize(*size)
    for task in (chosen("digits"), chosen("copy", goal=preset_goal("sobel_x", 1))):
        train(qtbot, bench, task)
        panel = window.train
        parts = (
            window.input.view, window.input.bar, panel.setup_controls, window.kernel, window.bank,
            window.maps, panel.task_button, panel.curves, panel.pages, panel.bar,
        )  # fmt: skip
        places = [place(window, part) for part in parts]
        assert all(window.rect().contains(each) for each in places)
        pairs = [(a, b) for n, a in enumerate(places) for b in places[n + 1 :]]
        assert not [pair for pair in pairs if pair[0].intersects(pair[1])]


class Page(QWidget):
    """Asks for so many pixels of height."""

    def __init__(self, height):
        super().__init__()
        self._size = QSize(50, height)

    def sizeHint(self):
        return self._size

    def minimumSizeHint(self):
        return self._size


def test_a_hidden_page_asks_for_no_room(qtbot):
    stack, low, high = PageStack(), Page(40), Page(200)
    qtbot.addWidget(stack)
    for page in (low, high):
        stack.addWidget(page)
    assert stack.minimumSizeHint().height() == stack.sizeHint().height() == 40
    stack.setCurrentWidget(high)
    assert stack.minimumSizeHint().height() == stack.sizeHint().height() == 200

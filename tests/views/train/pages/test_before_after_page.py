"""Before and after of a whole picture: a divider between them, and what there is to say of it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from playground.core.specs import Conv2DSpec, NetworkSpec
from playground.core.tasks import restoration
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.train.pages.class_delegates import image_of
from playground.views.train.pages.restored_page import RestoredPage
from tests.models.made_tasks import chosen
from tests.views.train.hands import LEFT, click, paused, reached

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def both(window):
    window.train.pages.show_page(window.train.pages.change)
    return window.train.pages.change


@pytest.fixture
def page(qtbot, window, training, both):
    """The page, with a picture that is blurred and to be sharpened by one kernel."""
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("deblur", kernels=1))
    window.train.pages.show_page(both)
    qtbot.waitUntil(lambda: not both.picture.picture.picture_rect().isEmpty())
    return both.picture


def put(window, *layers):
    window.bench.document.change_network("Other layers", NetworkSpec(layers))


def identity():
    kernel = np.zeros((5, 5, 1, 1), np.float32)
    kernel[2, 2] = 1
    return Conv2DSpec(kernel, np.zeros(1), ("k",))


def says(qtbot, page, *words):
    def text():
        return f"{page.title.text()} {page.verdict.text()}"

    qtbot.waitUntil(lambda: all(word in text() for word in words))


def drag(picture, *shares):
    rect = picture.picture_rect()
    places = [QPoint(round(share * rect.width()), round(rect.center().y())) for share in shares]
    QTest.mousePress(picture, LEFT, NONE, places[0])
    for place in places[1:]:
        QTest.mouseMove(picture, place)
    QTest.mouseRelease(picture, LEFT, NONE, places[-1])


def test_the_picture_comes_first_where_one_is_to_be_restored(both, page):
    assert page.isVisible()
    assert both.show_picture.isChecked()
    click(both.show_kernels)
    assert both.kernels.isVisible()
    assert both.kernels.head.isVisible()
    assert not page.isVisible()
    click(both.show_picture)
    assert page.isVisible()


def test_other_tasks_have_kernels_alone(window, lines, both):
    window.train.pages.show_page(both)
    assert both.kernels.isVisible()
    assert both.show_picture.isHidden()
    assert both.show_kernels.isHidden()


def test_left_of_the_divider_is_before_and_right_of_it_after(window, page):
    picture, task = page.picture, window.bench.training.task
    before, after = image_of(task.before), image_of(window.bench.restoring.answer.comparison.made)
    drawn, rect = picture.grab().toImage(), picture.picture_rect()
    row = rect.height() * 0.75
    for share, image in ((0.2, before), (0.4, before), (0.6, after), (0.8, after)):
        seen = drawn.pixelColor(round(share * rect.width()), round(row)).red()
        x, y = round(share * image.width()), round(row / rect.height() * image.height())
        around = [image.pixelColor(x + a, y + b).red() for a in (-2, 0, 2) for b in (-2, 0, 2)]
        assert min(around) - 3 <= seen <= max(around) + 3


def test_the_picture_is_as_large_as_fits(page):
    picture, rect = page.picture, page.picture.picture_rect()
    assert rect.width() == pytest.approx(picture.width()) or rect.height() == pytest.approx(
        picture.height()
    )
    assert picture.rect().adjusted(0, 0, 1, 1).contains(rect.toAlignedRect())


def test_the_divider_is_dragged(window, page):
    drag(page.picture, 0.5, 0.3)
    assert window.bench.restoring.divider == pytest.approx(0.3, abs=0.01)
    drag(page.picture, 0.3, 0.9, 1.4)
    assert window.bench.restoring.divider == 1.0


def test_the_divider_goes_by_keys(window, page):
    picture, restoring = page.picture, window.bench.restoring
    picture.setFocus()
    for key, expected in (
        (Qt.Key.Key_Right, 0.52),
        (Qt.Key.Key_Left, 0.50),
        (Qt.Key.Key_Left, 0.48),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_End, 1.0),
    ):
        QTest.keyClick(picture, key)
        assert restoring.divider == pytest.approx(expected)
    assert picture.hasFocus()


def test_a_screen_reader_finds_a_slider_with_a_name_and_a_value(window, page):
    found = QAccessible.queryAccessibleInterface(page.picture)
    assert found.role() == QAccessible.Role.Slider
    assert found.text(QAccessible.Text.Name) == "Divider between the picture before and after"
    says_so = page.picture.accessibleDescription()
    assert says_so.startswith("Worse: off by ")
    assert "grey levels" in says_so


def test_the_divider_stays_where_it_was_when_the_weights_change(qtbot, window, page):
    window.bench.restoring.set_divider(0.2)
    click(window.train.run_controls.step)
    reached(qtbot, window.bench.training, 1)
    paused(qtbot, window.bench.training)
    qtbot.waitUntil(lambda: window.bench.restoring.step == 1)
    assert page.picture.share == pytest.approx(0.2)


def test_why_it_is_worse_is_said_at_any_step(qtbot, window, page):
    says(qtbot, page, "Worse: off by", "The best single kernel of 5 × 5", "Steps taken so far: 0.")
    click(window.train.run_controls.step)
    reached(qtbot, window.bench.training, 1)
    paused(qtbot, window.bench.training)
    says(qtbot, page, "step 1 · Worse: off by", "Steps taken so far: 1.")


def test_after_training_it_is_better_and_no_excuse_is_made(qtbot, window, page):
    best = restoration.best_kernel(window.bench.training.task, 5).conv
    put(window, replace(identity(), kernel=best.kernel, bias=best.bias))
    says(qtbot, page, "Better: off by", "The best single kernel of 5 × 5")
    assert "Steps taken" not in page.verdict.text()
    put(window, identity())
    says(qtbot, page, "No better and no worse than before")


def test_what_cannot_be_compared_is_said_and_not_shown(qtbot, window, page):
    put(window, replace(identity(), stride=2))
    says(qtbot, page, "but the target is")
    assert page.picture.picture_rect().isEmpty()
    assert page.title.text() == ""


def test_outputs_that_are_no_numbers_are_said_to_be_none(qtbot):
    bench = Workbench()
    page = RestoredPage(bench.restoring, Theming(bench.settings, bench))
    qtbot.addWidget(page)
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    with qtbot.waitSignal(bench.training.task_changed):
        bench.training.choose(chosen("denoise", kernels=1))
    page.show()
    conv = bench.document.conv
    huge = replace(conv, kernel=np.full_like(conv.kernel, 3e38))
    bench.document.change_conv("Far", huge)
    says(qtbot, page, "not finite numbers")
    assert page.picture.picture_rect().isEmpty()
    page.grab()
    bench.close()


def test_of_a_large_picture_it_is_said_that_the_middle_is_shown(qtbot, monkeypatch, window, page):
    monkeypatch.setattr(restoration, "SIDE", 64)
    put(window, identity())
    says(qtbot, page, "(In the middle 64 × 64 pixels.)")


def test_a_long_verdict_moves_nothing(qtbot, window, page):
    place = page.picture.geometry()
    page.verdict.setText("a long sentence " * 40)
    page.title.setText("a long title " * 40)
    window.layout().activate()
    assert page.picture.geometry() == place


def test_both_sides_are_named_while_there_is_room(window, page):
    picture, width = page.picture, round(page.picture.picture_rect().width())
    panel = picture._theming.theme.panel
    for share, left, right in ((0.5, True, True), (0.04, False, True), (1.0, True, False)):
        picture.set_share(share)
        drawn = picture.grab().toImage()
        plates = [drawn.pixelColor(x, 9).name() == panel for x in (6, width - 6)]
        assert plates == [left, right]

"""Drawing over a presentation, and the mark around the pointer."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QCursor
from PySide6.QtTest import QTest

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def draw(pen, *points):
    first, *others = points
    QTest.mousePress(pen, LEFT, NONE, first)
    for point in others:
        QTest.mouseMove(pen, point)
    QTest.mouseRelease(pen, LEFT, NONE, points[-1])


def test_the_pen_draws_a_line_that_stays_until_it_is_wiped_off(stage):
    stage.begin()
    pen = stage.view.pen
    assert not pen.isVisible()
    stage.press(Qt.Key.Key_P)
    assert pen.geometry() == stage.view.rect()
    draw(pen, QPoint(100, 100), QPoint(200, 100), QPoint(300, 100))
    assert len(stage.presenting.strokes[0]) == 3
    colour = stage.view.grab().toImage().pixelColor(200, 100)
    assert colour == QColor(stage.theming.theme.error)
    stage.press(Qt.Key.Key_P)
    assert pen.isVisible()  # What is drawn stays, and lets the pointer through.
    assert pen.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    stage.press(Qt.Key.Key_C)
    assert not pen.isVisible()


def test_lines_keep_their_place_on_a_screen_of_another_size(stage):
    stage.begin()
    stage.presenting.toggle_pen()
    draw(stage.view.pen, QPoint(640, 360))
    stage.window.resize(1920, 1080)
    stage.settle()
    assert stage.presenting.strokes[0][0] == pytest.approx((0.5, 0.5))
    colour = stage.view.grab().toImage().pixelColor(960, 540)
    assert colour == QColor(stage.theming.theme.error)


def test_the_mark_is_around_the_pointer_while_it_is_wanted(qtbot, stage):
    stage.begin()
    stage.press(Qt.Key.Key_H)
    mark = stage.view.mark
    QCursor.setPos(stage.view.mapToGlobal(QPoint(400, 300)))
    qtbot.waitUntil(lambda: mark.geometry().center().x() in range(398, 403))
    assert mark.isVisible()
    stage.press(Qt.Key.Key_H)
    assert not mark.isVisible()

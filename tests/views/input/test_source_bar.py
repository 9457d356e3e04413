"""Grey or RGB, working size and stretch: the bar shows what the document's picture is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playground.core.pictures.picture import WORKING_SIZES
from playground.models.pictures.picture_loading import PictureLoading
from playground.views.input.source_bar import SourceBar
from tests.views.laboratory import noise


@pytest.fixture
def bar(qtbot, lab):
    loading = PictureLoading(lab.document)
    bar = SourceBar(lab.document, loading)
    qtbot.addWidget(bar)
    bar.show()
    yield bar
    loading.close()


def test_it_shows_the_picture_that_undo_or_a_task_puts_in(lab, bar):
    assert bar.grey.isChecked()
    conv = lab.document.conv
    rgb = replace(conv, kernel=conv.kernel.repeat(3, axis=2))
    small = replace(noise(30, 40, 3), working=WORKING_SIZES[0])
    lab.document.change_picture("Open", small, rgb)
    assert bar.rgb.isChecked()
    assert bar.working.currentIndex() == 0
    lab.document.undo_stack.undo()
    assert bar.grey.isChecked()


def test_stretch_is_offered_only_where_little_of_the_range_is_used(lab, bar):
    assert not bar.stretch.isVisible()
    dark = replace(noise(30, 40), used=0.05)
    lab.document.change_picture("Open", dark, lab.document.conv)
    assert bar.stretch.isVisible()
    lab.document.undo_stack.undo()
    assert not bar.stretch.isVisible()


def test_every_control_says_what_it_does(bar):
    for each in (bar.grey, bar.rgb, bar.working, bar.stretch, bar.draw):
        assert each.toolTip()
        assert each.accessibleName()


def test_draw_stays_pressed_while_the_pad_is_open(qtbot, bar):
    with qtbot.waitSignal(bar.draw.toggled) as told:
        QTest.mouseClick(bar.draw, Qt.MouseButton.LeftButton)
    assert told.args == [True]

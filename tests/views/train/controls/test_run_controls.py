"""The run's buttons say what they do; where there is no room for words, by signs."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from playground.models.workbench import Workbench
from playground.views.train.controls.run_controls import RunBar, RunControls


@pytest.fixture
def bar(qtbot):
    bench = Workbench()
    controls = RunControls(bench.training, bench.slow, bench.task_fit)
    bar = RunBar(controls, QWidget())
    bar.controls = controls
    qtbot.addWidget(bar)
    bar.show()
    yield bar
    bench.close()


def texts(bar):
    controls = bar.controls
    return [made.text() for made in (controls.step, controls.epoch, controls.slow, controls.again)]


def test_words_where_there_is_room_and_signs_elsewhere(bar):
    for width in (1280, 700, 1920, 600):
        bar.resize(width, 50)
        QApplication.processEvents()
        words = texts(bar) == ["Step", "Epoch", "Slow motion", "Start over"]
        assert words == (width >= 1280)


def test_no_word_is_cut_off(bar):
    bar.resize(1280, 50)
    for _ in range(3):
        QApplication.processEvents()  # The words come, then their room.
    controls = bar.controls
    for made in (controls.step, controls.epoch, controls.slow, controls.again, controls.reseed):
        assert made.width() >= made.sizeHint().width()


def test_a_sign_keeps_its_name_and_its_tip(bar):
    bar.resize(600, 50)
    QApplication.processEvents()
    assert bar.controls.slow.accessibleName() == "Slow motion"
    assert bar.controls.slow.toolTip().startswith("Slow motion: ")

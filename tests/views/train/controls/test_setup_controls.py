"""What is set for training counts at once, by slider, by key and typed."""

import pytest
from PySide6.QtTest import QTest

from tests.views.train.hands import (
    KEY,
    click,
    paused,
    reached,
    type_into,
)


def test_the_learning_rate_slider_is_logarithmic_and_counts_at_once(window, copying):
    slider = window.train.setup_controls.rate
    slider.setFocus()
    QTest.keyClick(slider, KEY.Key_Home)
    assert copying.setup.learning_rate == 0
    QTest.keyClick(slider, KEY.Key_Right)
    assert copying.setup.learning_rate == pytest.approx(1e-5, rel=0.1)
    QTest.keyClick(slider, KEY.Key_End)
    assert copying.setup.learning_rate == pytest.approx(10)
    assert window.train.setup_controls.rate_text.text() == "10"


def test_a_learning_rate_can_be_typed_and_a_wrong_one_is_said(window, copying):
    field = window.train.setup_controls.rate_text
    type_into(field, "1/8")
    assert copying.setup.learning_rate == pytest.approx(0.125)
    for wrong in ("fast", "-1"):
        type_into(field, wrong)
        assert copying.setup.learning_rate == pytest.approx(0.125)
        assert field.text() == "0.125"
        assert window.messages.isVisible()


def test_numbers_are_typed_and_shown_in_every_country(locale, window, copying):
    controls, point = window.train.setup_controls, locale.decimalPoint()
    type_into(controls.epochs, "7")
    for wrong in ("1.234", "1,234"):
        type_into(controls.epochs, wrong)
        assert copying.setup.epochs == 7
    type_into(controls.epochs, "1234")
    assert (copying.setup.epochs, controls.epochs.text()) == (1234, "1234")
    for text in ("0.25", "0,25"):
        type_into(controls.rate_text, "1")
        type_into(controls.rate_text, text)
        assert copying.setup.learning_rate == 0.25
        assert controls.rate_text.text() == f"0{point}25"
        type_into(controls.momentum, "0")
        type_into(controls.momentum, text)
        assert copying.setup.momentum == 0.25
        assert controls.momentum.text() == f"0{point}25"


def test_decay_clipping_and_momentum_go_into_the_run(qtbot, window, copying):
    controls = window.train.setup_controls
    assert controls.momentum.isVisible()
    for control, value in ((controls.momentum, 0.5), (controls.decay, 0.01), (controls.clip, 2)):
        control.setValue(value)
    click(window.train.run_controls.step)
    reached(qtbot, copying, 1)
    paused(qtbot, copying)
    optimizer = copying.run.handed_over().trainer.optimizer
    assert optimizer.momentum == 0.5
    assert optimizer.weight_decay == 0.01
    assert optimizer.global_clipnorm == 2
    controls.optimizer.setCurrentIndex(controls.optimizer.findData("adam"))
    controls.optimizer.activated.emit(controls.optimizer.currentIndex())
    assert not controls.momentum.isVisible()


def test_optimizer_and_batch_are_chosen_by_key(window, copying):
    combo = window.train.setup_controls.optimizer
    combo.setCurrentIndex(combo.findData("adam"))
    combo.activated.emit(combo.currentIndex())
    assert copying.setup.optimizer == "adam"
    combo = window.train.setup_controls.batch
    combo.setCurrentIndex(combo.findData(8))
    combo.activated.emit(combo.currentIndex())
    assert copying.setup.batch_size == 8

"""The bias is typed, nudged and dragged, and shown whole."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionFrame

from playground.core.kernels import bank
from tests.views.hand import Hand
from tests.views.kernel.conftest import CTRL, KEY, NONE, SHIFT


class TestBias:
    def test_a_bias_is_typed(self, bench):
        Hand(bench.panel.bias).click(QPoint(8, 8))
        QTest.keyClicks(bench.panel.bias, "-1/4")
        QTest.keyClick(bench.panel.bias, KEY.Key_Return)
        assert bench.document.conv.bias[0] == -0.25
        assert bench.entries == ["Set bias"]

    def test_a_bias_that_is_no_number_is_told_and_stays(self, bench):
        Hand(bench.panel.bias).click(QPoint(8, 8))
        QTest.keyClicks(bench.panel.bias, "much")
        QTest.keyClick(bench.panel.bias, KEY.Key_Return)
        assert bench.document.conv.bias[0] == 0
        assert "much" in bench.problems[0]
        assert bench.panel.bias.text() == "0"

    def test_a_press_that_moves_scrubs_the_bias_in_one_entry(self, bench):
        hand = Hand(bench.panel.bias)
        hand.press(QPoint(8, 8))
        hand.move(20, 0)
        hand.move(0, 20)
        assert bench.document.conv.bias[0] == 1
        assert bench.panel.bias.text() == "+1.00"
        hand.release()
        assert bench.entries == ["Drag bias"]

    def test_escape_during_the_drag_puts_the_bias_back(self, bench):
        hand = Hand(bench.panel.bias)
        hand.press(QPoint(8, 8))
        hand.move(20, 0)
        QTest.keyClick(bench.panel.bias, KEY.Key_Escape)
        hand.release()
        assert bench.document.conv.bias[0] == 0
        assert bench.entries == []

    @pytest.mark.parametrize(("modifiers", "change"), [(NONE, 0.1), (SHIFT, 1), (CTRL, 0.01)])
    def test_wheel_and_arrow_keys_nudge_it(self, bench, modifiers, change):
        Hand(bench.panel.bias).wheel(QPoint(8, 8), 120, modifiers)
        assert bench.document.conv.bias[0] == np.float32(change)
        QTest.keyClick(bench.panel.bias, KEY.Key_Down, modifiers)
        assert bench.document.conv.bias[0] == 0

    def test_the_wheel_goes_on_from_what_was_typed(self, bench):
        hand = Hand(bench.panel.bias)
        hand.click(QPoint(8, 8))
        QTest.keyClicks(bench.panel.bias, "2")
        hand.wheel(QPoint(8, 8))
        assert bench.document.conv.bias[0] == np.float32(2.1)

    @pytest.mark.parametrize("larger", [0, 4])
    def test_the_smallest_numbers_are_seen_whole(self, bench, larger):
        bench.settings.change_text(larger)
        field = bench.panel.bias
        for value in (-0.0049, -1.2e-12, -999.99, 0.25):
            bench.document.change_conv("x", bank.set_bias(bench.document.conv, 0, value))
            QApplication.processEvents()
            text = field.fontMetrics().horizontalAdvance(field.text())
            margins = field.textMargins().left() + field.textMargins().right()
            option = QStyleOptionFrame()
            field.initStyleOption(option)
            part = QStyle.SubElement.SE_LineEditContents
            room = field.style().subElementRect(part, option, field).width() - margins - 4
            assert text <= room, field.text()
        bench.settings.change_text(0)

    def test_the_bias_follows_the_kernel(self, bench):
        bench.document.change_conv("Bias", bank.set_bias(bench.document.conv, 3, 2))
        bench.document.selection.set_kernel(3)
        assert bench.panel.bias.text() == "+2.00"

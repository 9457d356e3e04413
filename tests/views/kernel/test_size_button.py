"""The size of the kernels is changed on a card, and can be taken back."""

import numpy as np
from PySide6.QtTest import QTest

from playground.core import presets
from playground.views.kernel.size_button import SizePopover
from tests.views.kernel.conftest import KEY, click


class TestSize:
    def test_the_button_says_the_size_and_opens_a_card(self, bench):
        assert "3 × 3" in bench.panel.size_button.text()
        click(bench.panel.size_button)
        card = bench.popover(SizePopover)
        click(card.squares[5])
        np.testing.assert_array_equal(bench.weights[1:4, 1:4], presets.build_preset("sobel_x"))
        assert "5 × 5" in bench.panel.size_button.text()
        assert card.squares[5].isChecked()

    def test_height_and_width_can_differ(self, bench):
        click(bench.panel.size_button)
        card = bench.popover(SizePopover)
        QTest.keyClick(card.columns, KEY.Key_Up)
        QTest.keyClick(card.columns, KEY.Key_Up)
        assert bench.document.conv.kernel_size == (3, 5)
        assert bench.entries == ["Kernel size 3 × 4"]

    def test_weights_that_were_cut_off_come_back(self, bench):
        click(bench.panel.size_button)
        card = bench.popover(SizePopover)
        click(card.squares[1])
        click(card.squares[3])
        np.testing.assert_array_equal(bench.weights, presets.build_preset("sobel_x"))
        assert bench.entries == []

    def test_escape_takes_the_size_back(self, bench):
        click(bench.panel.size_button)
        card = bench.popover(SizePopover)
        click(card.squares[11])
        QTest.keyClick(card, KEY.Key_Escape)
        assert bench.document.conv.kernel_size == (3, 3)
        assert bench.entries == []

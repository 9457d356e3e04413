"""Presets, random numbers and operations, from menus and cards."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from playground.core import presets
from playground.core.presets import FAMILIES, PRESETS
from tests.views.kernel.conftest import KEY, choose, click


class TestMenus:
    def test_every_preset_is_offered_in_its_family(self, bench):
        words = []
        for action in bench.panel.menus.presets.actions():
            menu = action.menu()
            words += [a.text() for a in menu.actions()] if menu else [action.text()]
        assert [word.rstrip("…") for word in words] == [preset.name for preset in PRESETS]
        families = [a.text() for a in bench.panel.menus.presets.actions() if a.menu()]
        assert families == list(FAMILIES[1:])

    def test_a_tip_says_where_convolution_does_the_contrary(self, bench):
        menu = bench.panel.menus.presets
        for flip in (False, True, False):
            bench.document.change_conv("Flip", replace(bench.document.conv, flip=flip))
            menu.aboutToShow.emit()
            actions = [a for top in menu.actions() for a in (top.menu() or menu).actions()]
            tips = {action.text(): action.toolTip() for action in actions}
            assert ("the other way round" in tips["Sobel x"]) == flip
            assert "the other way round" not in tips["Outline"]
            assert tips["Sobel x"].startswith("Right minus left")

    def test_a_preset_without_numbers_acts_at_once(self, bench):
        choose(bench.panel.menus.presets, "Edges", "Sobel y")
        np.testing.assert_array_equal(bench.weights, presets.build_preset("sobel_y"))
        assert bench.entries == ["Sobel y"]

    def test_a_preset_with_numbers_is_seen_while_they_change(self, bench):
        choose(bench.panel.menus.presets, "Blur", "Gaussian blur")
        card = bench.popover()
        rows = card.rows
        np.testing.assert_allclose(bench.weights, presets.build_preset("gaussian_blur"))
        rows["size"].slider.setValue(4)
        QTest.keyClick(rows["sigma"].field, KEY.Key_Up)
        sigma = rows["sigma"].value
        expected = presets.build_preset("gaussian_blur", size=5, sigma=sigma)
        np.testing.assert_allclose(bench.weights, expected)
        QTest.keyClick(card, KEY.Key_Return)
        assert bench.entries == ["Gaussian blur"]

    def test_escape_takes_a_preset_back(self, bench):
        before = bench.document.conv
        choose(bench.panel.menus.presets, "Lines", "Gabor")
        QTest.keyClick(bench.popover(), KEY.Key_Escape)
        assert bench.document.conv == before
        assert bench.entries == []

    @pytest.mark.parametrize("preset", [p for p in PRESETS if p.parameters], ids=lambda p: p.key)
    def test_every_slider_of_every_preset_goes_from_end_to_end(self, bench, preset):
        path = [preset.name] if preset.family == "Identity" else [preset.family, preset.name]
        choose(bench.panel.menus.presets, *path)
        for row in bench.popover().rows.values():
            row.slider.setValue(row.slider.minimum())
            row.slider.setValue(row.slider.maximum())
            assert row.value == row.parameter.maximum
            row.set_value(row.parameter.default)
        assert bench.problems == []
        np.testing.assert_allclose(
            presets.build_preset(preset.key), bench.document.conv.kernel[..., 0, 0], atol=1e-6
        )

    def test_random_numbers_come_from_a_seed_that_can_be_changed(self, bench):
        choose(bench.panel.menus.random, "He normal")
        card = bench.popover()
        first = bench.weights.copy()
        QTest.keyClick(card.rows["seed"].field, KEY.Key_Up)
        assert not np.array_equal(bench.weights, first)
        QTest.keyClick(card.rows["seed"].field, KEY.Key_Down)
        np.testing.assert_array_equal(bench.weights, first)
        again = next(b for b in card.findChildren(QToolButton) if b.text() == "New seed")
        click(again)
        assert not np.array_equal(bench.weights, first)
        QTest.keyClick(card, KEY.Key_Return)
        assert bench.entries == ["Random: He normal"]

    def test_zeros_need_no_seed(self, bench):
        choose(bench.panel.menus.random, "Zeros")
        assert not bench.weights.any()

    @pytest.mark.parametrize(
        ("word", "entry"),
        [
            ("Zero mean", None), ("Negate", "Negate"), ("Flip left to right", "Flip left to right"),
            ("Flip top to bottom", None), ("Rotate 90°", "Rotate 90°"),
            ("Rotate 45°", "Rotate 45°"), ("Transpose", "Transpose"),
        ],
    )  # fmt: skip
    def test_every_operation_is_in_the_menu(self, bench, word, entry):
        choose(bench.panel.menus.operations, word)
        # Sobel x has no mean and is the same upside down.
        assert bench.entries == ([entry] if entry else [])

    def test_scaling_is_tried_out(self, bench):
        choose(bench.panel.menus.operations, "Scale")
        card = bench.popover()
        assert bench.entries == []
        card.rows["factor"].field.setValue(-2)
        np.testing.assert_array_equal(bench.weights, -2 * presets.build_preset("sobel_x"))
        QTest.keyClick(card, KEY.Key_Return)
        assert bench.entries == ["Scale"]

"""Blocks of weights are copied, pasted and zeroed, by keys and from the menu."""

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tests.views.kernel.conftest import (
    CTRL,
    KEY,
    SHIFT,
    GridBench,
    choose_from,
    open_menu,
)


@pytest.fixture
def bench(qtbot):
    return GridBench(qtbot)


class TestBlocks:
    def test_delete_zeroes_the_selection(self, bench):
        bench.choose(0, 0)
        bench.hand.click(bench.place(2, 0), SHIFT)
        bench.keys(KEY.Key_Delete)
        assert not bench.weights[:, 0].any()
        assert bench.entries == ["Zero 3 weights"]

    def test_a_block_is_copied_as_spreadsheets_copy(self, bench):
        bench.choose(0, 0)
        bench.hand.click(bench.place(1, 2), SHIFT)
        bench.keys(KEY.Key_C, modifiers=CTRL)
        assert QGuiApplication.clipboard().text() == "-1\t0\t1\n-2\t0\t2"

    @pytest.mark.parametrize(
        "text",
        [
            "1 2 1; 0 0 0; -1 -2 -1",
            "1\t2\t1\n0\t0\t0\n-1\t-2\t-1\n",
            "1, 2, 1\n0, 0, 0\n-1, -2, -1",
            "np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])",
            "[[1.0, 2.0, 1.0], [0, 0, 0], [-1, -2, -1]]",
        ],
    )
    def test_a_block_is_pasted_from_anything_that_writes_tables(self, bench, text):
        QGuiApplication.clipboard().setText(text)
        bench.choose(0, 0)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        np.testing.assert_array_equal(bench.weights, [[1, 2, 1], [0, 0, 0], [-1, -2, -1]])
        assert bench.entries == ["Paste weights"]
        assert len(bench.chosen) == 9

    def test_copy_and_paste_move_a_block_exactly(self, bench):
        bench.edits.enter([(0, 0, 0, 0)], "1/9")
        bench.choose(0, 0)
        bench.keys(KEY.Key_C, modifiers=CTRL)
        bench.choose(2, 2)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        assert bench.weights[2, 2] == bench.weights[0, 0]

    def test_a_spreadsheet_with_decimal_commas_is_understood_both_ways(self, bench):
        QLocale.setDefault(QLocale(QLocale.Language.German))
        try:
            bench.edits.fill([(0, 0, 0, 0)], 0.5)
            bench.choose(0, 0)
            bench.keys(KEY.Key_C, modifiers=CTRL)
            assert QGuiApplication.clipboard().text() == "0,5"
            bench.choose(1, 1)
            bench.keys(KEY.Key_V, modifiers=CTRL)
            assert bench.weights[1, 1] == 0.5
        finally:
            QLocale.setDefault(QLocale.c())

    def test_nine_numbers_without_rows_are_a_square_and_it_is_said(self, bench):
        QGuiApplication.clipboard().setText("1, 2, 1, 0, 0, 0, -1, -2, -1")
        bench.choose(0, 0)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        np.testing.assert_array_equal(bench.weights[0], [1, 2, 1])
        assert bench.problems == ["9 numbers without rows were taken as 3 × 3."]

    def test_pasted_text_that_is_no_table_is_told(self, bench):
        QGuiApplication.clipboard().setText("some words")
        bench.choose(0, 0)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        assert bench.problems
        assert bench.entries == []

    @pytest.mark.parametrize(
        ("copied", "taken"),
        [
            (["1 2; 3 4"], True),
            ([None], False),
            # A spreadsheet puts a picture of the cells beside the numbers, a browser the address.
            (["1\t2\n3\t4", None], True),
            (["https://example.org/cat.png", None], False),
        ],
    )
    def test_numbers_are_pasted_here_and_pictures_by_the_window(self, bench, qtbot, copied, taken):
        window = QWidget()
        qtbot.addWidget(window)
        bench.grid.setParent(window)
        bench.grid.show()
        window.show()
        pictures = []
        shortcut = QShortcut(QKeySequence.StandardKey.Paste, window)
        shortcut.activated.connect(lambda: pictures.append(1))
        data = QMimeData()
        for part in copied:
            if part is None:
                data.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
            else:
                data.setText(part)
        QGuiApplication.clipboard().setMimeData(data)
        with qtbot.waitActive(window):
            window.activateWindow()
        bench.choose(0, 0)
        bench.keys(KEY.Key_V, modifiers=CTRL)
        assert (bench.entries == ["Paste weights"]) is taken
        assert bool(pictures) is not taken
        bench.grid.setParent(None)

    def test_the_menu_works_on_the_selection(self, bench, qtbot):
        bench.choose(0, 0)
        bench.hand.click(bench.place(2, 0), SHIFT)
        menu = open_menu(bench, qtbot, bench.place(1, 0))
        choose_from(menu, "Negate")
        np.testing.assert_array_equal(bench.weights[:, 0], [1, 2, 1])
        assert bench.entries == ["Negate 3 weights"]

    def test_the_menu_over_another_cell_takes_that_cell(self, bench, qtbot):
        bench.choose(0, 0)
        menu = open_menu(bench, qtbot, bench.place(1, 2))
        choose_from(menu, "Zero")
        assert bench.weights[1, 2] == 0
        assert bench.weights[0, 0] == -1

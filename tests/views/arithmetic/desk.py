"""The arithmetic panel over a laboratory's document, with a hand on its grids."""

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from playground.models.maps.explainer import Explainer
from playground.models.maps.player import Player
from playground.views.arithmetic.arithmetic_panel import ArithmeticPanel
from tests.views.hand import Hand


class Desk:
    """The panel over a laboratory's document, and a hand on its grids."""

    def __init__(self, lab, width=1000, height=180):
        self.lab, self.qtbot, self.document = lab, lab.qtbot, lab.document
        self.selection = lab.selection
        self.explainer = Explainer(self.document)
        self.player = Player(self.document, lab.preview)
        self.panel = ArithmeticPanel(self.document, self.explainer, self.player, lab.theming)
        self.equation, self.controls = self.panel.equation, self.panel.controls
        self.qtbot.addWidget(self.panel)
        self.panel.resize(width, height)
        self.panel.show()
        self.qtbot.waitExposed(self.panel)
        lab.preview.set_target((0,), 100)
        lab.settle()
        self.hand = Hand(self.equation)

    def after(self, change, *arguments):
        """Carry out a change, and wait until the panel shows what came of it."""
        with self.qtbot.waitSignal(self.explainer.explained):
            change(*arguments)
        QApplication.processEvents()
        return self.explainer.explanation

    def point(self, row, column):
        return self.after(self.selection.set_pixel, (row, column))

    def change_conv(self, **changes):
        self.after(self.document.change_conv, "Set", replace(self.document.conv, **changes))

    def change_block(self, **changes):
        self.after(self.document.change_block, "Set", replace(self.document.block, **changes))

    def row_of_cells(self, row):
        """What is met from left to right on one row of the grids: (tap or None, its middle)."""
        equation = self.equation
        columns = range(equation.width())
        heights = [y for y in range(equation.height()) if self._row_at(y) == row]
        y = heights[len(heights) // 2]
        runs = []
        for x in columns:
            tap = equation.tap_at(QPoint(x, y).toPointF())
            if not runs or runs[-1][0] != tap:
                runs.append((tap, []))
            runs[-1][1].append(x)
        return [(tap, QPoint(xs[len(xs) // 2], y)) for tap, xs in runs]

    def _row_at(self, y):
        tap = self.equation.tap_at(QPoint(1, y).toPointF())
        return None if tap is None else tap[0]

    def cells(self):
        """{(part, row, column, channel): middle}; part 0 is the patch, 2 the products."""
        rows, columns, channels = self.explainer.explanation.patch.shape
        found = {}
        for row in range(rows):
            met = [(tap, at) for tap, at in self.row_of_cells(row) if tap is not None]
            assert len(met) == 3 * columns * channels
            for number, (tap, at) in enumerate(met):
                found[number // columns % 3, *tap] = at
        return found

    def marked(self):
        """The cells that are drawn in a frame of the accent colour."""
        image = self.equation.grab().toImage()
        accent = QColor(self.lab.theming.theme.accent)
        cells = self.cells()
        left = [at.x() for (part, row, column, _), at in cells.items() if part == row == 0]
        half = (sorted(left)[1] - sorted(left)[0]) // 2
        return {
            cell
            for cell, at in cells.items()
            if any(image.pixelColor(at.x() - half + i, at.y()) == accent for i in range(6))
        }

    def close(self):
        self.player.stop()

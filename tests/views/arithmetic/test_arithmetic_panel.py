"""One output value as little grids under a real mouse, and Play under real clicks and keys."""

import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from playground.core.kernels.initializers import he_normal
from playground.core.numbers.number_text import format_weight
from playground.core.specs import ACTIVATIONS, ActivationSpec, BlockSpec, Conv2DSpec, Pool2DSpec
from playground.models.maps.explainer import Explainer
from playground.models.maps.player import Player
from playground.views.arithmetic.arithmetic_panel import ArithmeticPanel
from playground.views.theme.theme import value_colour
from tests.views.hand import Hand
from tests.views.laboratory import noise

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
POOLS = (None, Pool2DSpec("max", 2), Pool2DSpec("average", 2), Pool2DSpec("max", 3))


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


@pytest.fixture
def desks(laboratory):
    """Makes desks on a picture of so many channels."""
    made = []

    def make(channels=1, **size):
        made.append(Desk(laboratory(noise(20, 24, channels)), **size))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(desks) -> Desk:
    return desks()


def numbers_in(text):
    """The signed numbers of a line, as they are written."""
    return re.findall(r"[+-]\d+(?:\.\d+)?(?:e-?\d+)?", text)


def agrees(text, value) -> bool:
    """Whether a written number is `value` to the last digit it shows."""
    return text == format_weight(value) or abs(float(text) - value) <= _last_digit(text) / 2 + 1e-5


def _last_digit(text):
    mantissa, _, exponent = text.partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def test_before_anything_is_pointed_at_it_says_what_to_do(desk):
    assert desk.panel.hint.isVisible()
    assert "Point at a feature map" in desk.panel.hint.text()
    assert not desk.equation.isVisible()
    assert not desk.panel.value.isVisible()


def test_pointing_at_a_pixel_shows_its_sum_and_pointing_away_ends_it(desk):
    desk.point(3, 7)
    assert desk.equation.isVisible()
    assert not desk.panel.hint.isVisible()
    name = desk.document.conv.names[0]
    assert desk.panel.header.detail.text() == f"row 3, column 7 of map 0 · {name}"
    desk.after(desk.selection.set_pixel, None)
    assert not desk.equation.isVisible()
    assert desk.panel.hint.isVisible()
    assert desk.panel.header.detail.text() == ""
    assert desk.equation.accessibleDescription() == ""


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_numbers_shown_are_the_map_s_to_the_last_digit(desks, activation, pool, flip):
    desk = desks(channels=3)
    conv = desk.document.conv
    bias = np.linspace(-1, 1, conv.filters)
    conv = replace(conv, bias=bias, stride=2, edge="reflect", flip=flip)
    block = BlockSpec(conv, ActivationSpec(activation), pool)
    desk.document.change_block("Set", block)
    desk.point(2, 3)
    for kernel in (0, 5, 11):
        if kernel:
            desk.after(desk.selection.set_kernel, kernel)
        shown, panel = desk.explainer.explanation, desk.panel
        value = float(desk.lab.map_values(kernel)[2, 3])
        last = panel.value.text() if pool is None else panel.pooled.text()
        assert agrees(numbers_in(last)[-1], value)
        assert agrees(numbers_in(panel.sum.text())[0], float(shown.products.sum()))
        added, *total = numbers_in(panel.bias.text())
        assert agrees(added, float(np.float32(bias[kernel])))
        for number in total or numbers_in(panel.value.text()):
            assert agrees(number, shown.sum + shown.bias)


@pytest.mark.parametrize(
    ("activation", "expected"),
    [("none", "= +0.00"), ("relu", "→ ReLU → +0.00"), ("sigmoid", "→ sigmoid → +0.50")],
)
def test_the_activation_stands_between_sum_and_value(desk, activation, expected):
    nothing = replace(desk.document.conv, kernel=np.zeros((3, 3, 1, 12)))
    desk.document.change_block("Set", BlockSpec(nothing, ActivationSpec(activation)))
    desk.point(3, 3)
    assert desk.panel.value.text() == expected


def test_pooling_names_the_values_of_its_window(desk):
    desk.point(1, 1)
    assert not desk.panel.pooled.isVisible()
    desk.change_block(pool=Pool2DSpec("max", 2))
    values = [format_weight(c.value) for c in desk.explainer.explanation.candidates]
    largest = format_weight(desk.explainer.explanation.value)
    assert desk.panel.pooled.isVisible()
    assert desk.panel.pooled.text() == f"max of 4 ({', '.join(values)}) = {largest}"
    desk.change_block(pool=Pool2DSpec("average", 3))
    assert desk.panel.pooled.text().startswith("mean of 9 (")


@pytest.mark.parametrize("pool", [None, Pool2DSpec("average", 2)])
def test_a_screen_reader_is_told_the_whole_equation(desk, pool):
    desk.point(3, 7)
    desk.change_block(activation=ActivationSpec("relu"), pool=pool)
    panel = desk.panel
    lines = [panel.sum.text(), panel.bias.text(), panel.value.text()]
    if pool is not None:
        lines.append(panel.pooled.text())
    assert desk.equation.accessibleName() == "The sum under the kernel"
    assert desk.equation.accessibleDescription() == " ".join(lines)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_row_reads_patch_weights_products_for_each_channel(desks, channels):
    desk = desks(channels)
    desk.point(3, 7)
    met = [tap for tap, _ in desk.row_of_cells(1)]
    if met[-1] is None:
        met.pop()
    expected = []
    for channel in range(channels):
        for _ in range(3):
            expected += [(1, column, channel) for column in range(3)]
            expected.append(None)
    assert met == expected[:-1]


def test_every_cell_has_the_colour_of_its_number(desk):
    desk.point(0, 7)
    shown, theme = desk.explainer.explanation, desk.lab.theming.theme
    image = desk.equation.grab().toImage()
    cells = desk.cells()
    half = (cells[0, 1, 1, 0] - cells[0, 1, 0, 0]).x() // 2
    drawn = {cell: image.pixelColor(at - QPoint(half - 2, 0)) for cell, at in cells.items()}
    for (part, *tap), colour in drawn.items():
        value = float((shown.patch, shown.weights, shown.products)[part][tuple(tap)])
        if part == 0 and tap[0] > 0:
            assert colour.red() == pytest.approx(255 * value, abs=1)
        if part > 0:
            extent = float(np.abs((shown.weights, shown.products)[part - 1]).max())
            assert colour == value_colour(theme, value, extent)


@pytest.mark.parametrize("flip", [False, True])
def test_pointing_at_a_cell_points_at_its_weight(desks, flip):
    desk = desks(channels=3)
    desk.selection.set_pixel((3, 7))
    desk.change_conv(flip=flip)
    kernel = desk.document.conv.kernel[..., 0]
    for (_, *tap), at in desk.cells().items():
        desk.hand.hover(at)
        row, column, channel = tap
        assert desk.selection.weight == ((2 - row, 2 - column) if flip else (row, column))
        # The weight pointed at is the one that is written in the cell.
        applied = desk.explainer.explanation.weights[row, column, channel]
        assert kernel[(*desk.selection.weight, channel)] == applied


def test_between_the_grids_and_beside_them_no_weight_is_pointed_at(desk):
    desk.point(3, 7)
    cells, row = desk.cells(), desk.row_of_cells(0)
    gap = next(at for tap, at in row if tap is None)
    for nowhere in (gap, QPoint(gap.x(), desk.equation.height() - 1)):
        desk.hand.hover(cells[1, 1, 1, 0])
        assert desk.selection.weight == (1, 1)
        desk.hand.hover(nowhere)
        assert desk.selection.weight is None
    desk.hand.hover(cells[1, 1, 1, 0])
    desk.hand.leave()
    assert desk.selection.weight is None


def test_a_weight_pointed_at_elsewhere_is_marked_in_every_grid(desks):
    desk = desks(channels=3)
    desk.point(3, 7)
    assert desk.marked() == set()
    desk.selection.set_weight((0, 2))
    assert desk.marked() == {(part, 0, 2, c) for part in range(3) for c in range(3)}
    desk.selection.set_weight(None)
    assert desk.marked() == set()


def test_the_mark_stays_with_its_weight_when_the_kernel_is_turned(desk):
    desk.point(3, 7)
    desk.selection.set_weight((0, 1))
    desk.change_conv(flip=True)
    assert desk.marked() == {(part, 2, 1, 0) for part in range(3)}
    desk.after(desk.document.undo_stack.undo)
    assert desk.marked() == {(part, 0, 1, 0) for part in range(3)}


@pytest.mark.parametrize("channels", [1, 3])
def test_a_tooltip_is_one_product_in_words(desks, channels):
    desk = desks(channels)
    desk.point(3, 7)
    shown = desk.explainer.explanation
    for (_, *tap), at in desk.cells().items():
        text = desk.equation.tip_at(at.toPointF())
        product, _, colour = text.partition(" · ")
        parts = re.fullmatch(r"(\S+) × (\S+) = (\S+)", product).groups()
        for part, values in zip(parts, (shown.patch, shown.weights, shown.products), strict=True):
            assert float(part) == pytest.approx(float(values[tuple(tap)]), rel=1e-3)
        assert colour == ("" if channels == 1 else ("red", "green", "blue")[tap[2]])


def test_a_tooltip_tells_what_lies_outside_the_image(desk):
    desk.point(0, 0)
    for (_, *tap), at in desk.cells().items():
        text = desk.equation.tip_at(at.toPointF())
        assert ("outside the image" in text) == (0 in tap[:2])
        assert "-0 " not in text


@pytest.mark.parametrize("flip", [False, True])
def test_a_tap_that_smaller_kernels_no_longer_have_points_at_no_weight(desk, flip):
    desk.point(3, 7)
    if flip:
        desk.change_conv(flip=True)
    corner = desk.cells()[(0, 2, 2, 0)]
    conv = desk.document.conv
    desk.document.change_conv("Small", replace(conv, kernel=conv.kernel[:1, :1]))
    # The arithmetic of the larger kernel is on screen until the event loop turns.
    desk.hand.hover(corner)
    assert desk.selection.weight is None
    desk.equation.grab()


def test_between_the_grids_there_is_no_tooltip(desk):
    desk.point(3, 7)
    gap = next(at for tap, at in desk.row_of_cells(0) if tap is None)
    assert desk.equation.tip_at(gap.toPointF()) == ""


def test_the_largest_kernel_is_as_wide_as_its_digits_need_and_scrolls(desks):
    desk = desks(channels=3)
    kernel = he_normal((11, 11, 3, 2), seed=0)
    desk.selection.set_pixel((5, 5))
    desk.after(desk.document.change_conv, "Large", Conv2DSpec(kernel, np.zeros(2), ("a", "b")))
    area = desk.panel.findChild(QScrollArea)
    assert desk.equation.width() >= desk.equation.minimumWidth() > area.viewport().width()
    assert len(desk.cells()) == 3 * 11 * 11 * 3


def test_the_value_follows_the_grids_in_their_line(desks):
    desk = desks(width=1280, height=150)
    desk.point(3, 7)
    desk.change_block(activation=ActivationSpec("leaky_relu"))
    panel, middle = desk.panel, {}
    products = max(at.x() for at in desk.cells().values())
    end = desk.equation.mapTo(panel, QPoint(products, 0)).x()
    for step in (panel.sum, panel.bias, panel.value):
        box = step.rect()
        start = step.mapTo(panel, box.topLeft()).x()
        assert end < start < end + 100
        end = step.mapTo(panel, box.topRight()).x()
        middle[step] = step.mapTo(panel, box.center()).y()
    assert end < panel.width() - 14
    grids = desk.equation.mapTo(panel, desk.cells()[0, 1, 1, 0]).y()
    assert all(abs(height - grids) <= 2 for height in middle.values())


@pytest.mark.parametrize("width", [960, 1280])
def test_beside_the_grids_of_three_channels_the_value_stands_in_a_block(desks, width):
    desk = desks(channels=3, width=width, height=150)
    desk.point(3, 7)
    desk.change_block(activation=ActivationSpec("leaky_relu"), pool=Pool2DSpec("max", 2))
    panel = desk.panel
    left = {step.mapTo(panel, QPoint()).x() for step in (panel.sum, panel.bias, panel.value)}
    assert len(left) == 1
    for step in (panel.sum, panel.bias, panel.value, panel.pooled):
        assert step.width() >= step.sizeHint().width()
        assert step.mapTo(panel, step.rect().bottomRight()).y() < panel.height()
        assert step.mapTo(panel, step.rect().bottomRight()).x() < panel.width()


def test_grids_of_another_shape_take_the_width_they_need(desks):
    desk = desks(width=1280, height=150)
    desk.point(3, 7)
    for size in (1, 3, 2):
        kernel = np.full((size, size, 1, 2), 0.5)
        desk.after(desk.document.change_conv, "x", Conv2DSpec(kernel, np.zeros(2), ("a", "b")))
        desk.qtbot.waitUntil(lambda: desk.equation.width() == desk.equation.sizeHint().width())
        beside = desk.panel.sum.mapTo(desk.equation, QPoint()).x()
        last = max(at.x() for at in desk.cells().values())
        assert last < beside < last + 90


def test_the_values_of_a_window_are_left_out_before_a_channel_is_cut_off(desks):
    desk = desks(channels=3, width=1280, height=150)
    desk.point(1, 1)
    desk.change_block(pool=Pool2DSpec("max", 2))
    assert desk.panel.pooled.text().startswith("max of 4 = ")
    assert desk.panel.pooled.toolTip().startswith("max of 4 (")
    assert desk.equation.width() == desk.equation.parentWidget().width()


def test_more_height_makes_larger_cells(desks):
    low, high = desks(width=1280, height=150), desks(width=1280, height=220)
    for desk in (low, high):
        desk.point(3, 7)
    tall, small = (
        desk.cells()[0, 1, 1, 0].y() - desk.cells()[0, 0, 1, 0].y() for desk in (high, low)
    )
    assert tall > small


def click(button):
    QTest.mouseClick(button, LEFT)


def test_clicks_play_and_pause_and_the_button_says_which(desk):
    play = desk.controls.play
    assert play.accessibleName() == "Play"
    click(play)
    assert desk.player.playing
    assert (play.text(), play.accessibleName()) == ("❚❚", "Pause")
    assert play.toolTip().startswith("Pause")
    click(play)
    assert not desk.player.playing
    assert (play.text(), play.accessibleName()) == ("▶", "Play")
    assert play.toolTip().startswith("Play")


def test_the_space_key_plays_and_pauses_too(desk):
    QTest.keyClick(desk.controls.play, KEY.Key_Space)
    assert desk.player.playing
    QTest.keyClick(desk.controls.play, KEY.Key_Space)
    assert not desk.player.playing


def test_step_and_back_move_the_pixel_in_reading_order(desk):
    desk.point(1, 23)
    click(desk.controls.forward)
    assert desk.selection.pixel == (2, 0)
    click(desk.controls.back)
    QTest.keyClick(desk.controls.back, KEY.Key_Space)
    assert desk.selection.pixel == (1, 22)


def test_what_plays_is_what_is_taken_apart(desk):
    desk.after(click, desk.controls.play)
    click(desk.controls.play)
    desk.after(click, desk.controls.forward)
    row, column = desk.selection.pixel
    assert desk.panel.header.detail.text().startswith(f"row {row}, column {column} of map 0")


def test_restart_begins_at_the_first_pixel(desk):
    desk.point(3, 7)
    click(desk.controls.again)
    assert desk.player.playing
    assert desk.selection.pixel == (0, 0)


def test_the_whole_map_can_be_called_back_while_only_a_part_is_built(desk):
    whole = desk.controls.whole
    assert not whole.isEnabled()
    click(desk.controls.play)
    assert whole.isEnabled()
    click(whole)
    assert not desk.player.playing
    assert desk.player.revealed is None
    assert not whole.isEnabled()


def test_the_speed_goes_from_1_to_100_by_keys(desk):
    slider, pace = desk.controls.slider, desk.controls.pace
    assert (desk.player.speed, pace.text()) == (pytest.approx(10), "10×")
    QTest.keyClick(slider, KEY.Key_Home)
    assert (desk.player.speed, pace.text()) == (pytest.approx(1), "1×")
    QTest.keyClick(slider, KEY.Key_Right)
    assert desk.player.speed > 1
    QTest.keyClick(slider, KEY.Key_End)
    assert (desk.player.speed, pace.text()) == (pytest.approx(100), "100×")


def test_the_slider_shows_a_speed_that_was_chosen_elsewhere(desk):
    desk.player.set_speed(31.6)
    assert desk.controls.slider.value() == 75
    assert desk.controls.pace.text() == "32×"
    assert desk.player.speed == 31.6


def test_every_control_has_a_name_a_tooltip_and_the_keyboard(desk):
    controls = desk.controls
    buttons = (controls.again, controls.back, controls.play, controls.forward, controls.whole)
    for each in (*buttons, controls.slider):
        assert each.accessibleName()
        assert each.toolTip()
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus

"""The layer's settings as chips: keys and wheel change them, undo and redo are followed."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from playground.core import conv2d
from playground.core.convolve.pooling import pooled_size
from playground.core.kernels import bank
from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import ACTIVATIONS, EDGE_MODES, ActivationSpec, NetworkSpec, Pool2DSpec
from playground.models.network.layer_edits import LayerEdits
from playground.models.state.document import Document
from playground.views.network import layer_settings
from playground.views.network.layer_settings import LayerSettings
from playground.views.widgets.flow_layout import ChipRows

LEFT = Qt.MouseButton.LeftButton

CHOICES = {
    layer_settings.edges: EDGE_MODES,
    layer_settings.activations: ACTIVATIONS,
    layer_settings.paddings: ("same", "valid", "custom"),
    layer_settings.flips: (False, True),
    layer_settings.pools: (None, "max", "average"),
}


class Bench:
    """The settings on the (virtual) screen, and hands to work them with."""

    def __init__(self, qtbot, shown="picture", width=320):
        if shown == "picture":
            pixels = np.zeros((30, 41, 1), np.float32)
            shown = Picture(pixels, "dark.png", (41, 30), colour="grey")
        self.document = Document(Session(shown, NetworkSpec((starter_bank(1),))))
        self.undo = self.document.undo_stack
        self.settings = LayerSettings(self.document)
        qtbot.addWidget(self.settings)
        self.settings.resize(width, 220)
        self.settings.show()
        self.settings.activateWindow()
        qtbot.waitUntil(self.settings.isActiveWindow)
        self.told = []
        self.document.problem.connect(self.told.append)

    @property
    def conv(self):
        return self.document.conv

    @property
    def formula(self):
        return self.settings.formula.text()

    def keys(self, control, *keys):
        """Give a control the focus and press keys."""
        control.setFocus()
        for key in keys:
            QTest.keyClick(control, key)

    def type(self, control, text):
        """Replace what a field holds, and press Enter."""
        control.setFocus()
        control.selectAll()
        QTest.keyClicks(control, text)
        QTest.keyClick(control, Qt.Key.Key_Return)

    def pick(self, combo, text):
        """Choose from the list that drops down, with the keys."""
        combo.setFocus()
        row, present = combo.findText(text), combo.currentIndex()
        key = Qt.Key.Key_Down if row > present else Qt.Key.Key_Up
        combo.showPopup()
        for _ in range(abs(row - present)):
            QTest.keyClick(combo.view(), key)
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
        combo.hidePopup()
        assert combo.currentText() == text


def wheel(control, steps):
    at = QPointF(control.rect().center())
    event = QWheelEvent(
        at,
        control.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(control, event)


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)


def test_stride_and_dilation_follow_keys_wheel_and_typing(bench):
    bench.keys(bench.settings.stride, Qt.Key.Key_Up)
    assert bench.conv.stride == 2
    bench.type(bench.settings.dilation, "3")
    assert bench.conv.dilation == 3
    wheel(bench.settings.dilation, -1)
    assert bench.conv.dilation == 2


def test_turning_a_number_is_one_step_until_the_hand_leaves(bench):
    bench.keys(bench.settings.stride, *[Qt.Key.Key_Up] * 3)
    assert bench.conv.stride == 4
    assert bench.undo.count() == 1
    assert bench.undo.undoText() == "Change stride"
    bench.settings.dilation.setFocus()
    bench.keys(bench.settings.stride, Qt.Key.Key_Down)
    assert bench.undo.count() == 2
    wheel(bench.settings.dilation, 1)
    wheel(bench.settings.stride, 1)
    assert bench.undo.count() == 4
    while bench.undo.canUndo():
        bench.undo.undo()
    assert (bench.conv.stride, bench.conv.dilation) == (1, 1)


def test_numbers_stay_in_their_range(bench):
    bench.keys(bench.settings.stride, Qt.Key.Key_Down)
    assert bench.conv.stride == 1
    bench.type(bench.settings.stride, "99")
    assert 1 <= bench.conv.stride <= 16


def test_choices_are_made_with_the_keys(bench):
    settings = bench.settings
    bench.pick(settings.padding, "valid")
    bench.pick(settings.edge, "reflect")
    bench.pick(settings.flip, "convolution")
    assert (bench.conv.padding, bench.conv.edge, bench.conv.flip) == ("valid", "reflect", True)
    bench.pick(settings.activation, "leaky ReLU")
    bench.pick(settings.pool, "average")
    assert bench.document.network.layers[1:] == (
        ActivationSpec("leaky_relu"),
        Pool2DSpec("average", 2),
    )
    assert bench.undo.count() == 5


def test_the_wheel_goes_through_the_choices(bench):
    wheel(bench.settings.edge, -1)
    assert bench.conv.edge == "replicate"


def test_slope_and_pooling_size_are_there_only_when_they_count(bench):
    settings = bench.settings
    assert not settings.slope.isVisible()
    assert not settings.pool_size.isVisible()
    bench.pick(settings.activation, "leaky ReLU")
    bench.pick(settings.pool, "max")
    assert settings.slope.isVisible()
    assert settings.pool_size.isVisible()
    wheel(settings.slope, 2)
    assert bench.document.block.activation.slope == pytest.approx(0.2)
    bench.keys(settings.pool_size, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert bench.document.block.pool == Pool2DSpec("max", 4)
    bench.pick(settings.pool, "none")
    assert bench.document.block.pool is None


def test_custom_padding_starts_from_what_there_is_and_takes_four_numbers(bench):
    settings = bench.settings
    assert not settings.sides.isVisible()
    bench.pick(settings.padding, "custom")
    assert bench.conv.padding == 1
    assert settings.sides.isVisible()
    assert settings.sides.hasFocus()
    assert settings.sides.text() == settings.sides.selectedText() == "1"
    QTest.keyClicks(settings.sides, "0 2 0 3")
    QTest.keyClick(settings.sides, Qt.Key.Key_Return)
    assert bench.conv.padding == (0, 2, 0, 3)
    assert settings.sides.text() == "0, 2, 0, 3"
    bench.pick(settings.padding, "same")
    assert not settings.sides.isVisible()


def test_padding_that_is_none_is_refused_and_the_old_one_shown(bench):
    LayerEdits(bench.document).set_padding(2)
    bench.type(bench.settings.sides, "a lot")
    assert bench.told == [
        "Padding is one whole number from 0 to 64, or four of them: top, bottom, left, right."
    ]
    assert bench.settings.sides.text() == "2"
    assert bench.conv.padding == 2


def test_every_chip_follows_undo_and_redo(bench):
    settings, edits = bench.settings, LayerEdits(bench.document)
    chips = (settings.stride, settings.dilation, settings.padding, settings.sides, settings.edge,
             settings.flip, settings.activation, settings.slope, settings.pool,
             settings.pool_size)  # fmt: skip

    def shown():
        return [
            (c.currentText() if isinstance(c, QComboBox) else c.text()) if c.isVisible() else ""
            for c in chips
        ]

    looks = [shown()]
    for operation, value in (
        (edits.set_stride, 3),
        (edits.set_dilation, 2),
        (edits.set_padding, (1, 2, 3, 4)),
        (edits.set_edge, "wrap"),
        (edits.set_flip, True),
        (edits.set_activation, "leaky_relu"),
        (edits.set_leaky_slope, 0.5),
        (edits.set_pool, "max"),
    ):
        operation(value)
        looks.append(shown())
    assert len({tuple(look) for look in looks}) == 9
    count = bench.undo.count()
    for look in reversed(looks[:-1]):
        bench.undo.undo()
        assert shown() == look
    for look in looks[1:]:
        bench.undo.redo()
        assert shown() == look
    assert bench.undo.count() == count, "following makes no steps of its own"


def test_the_output_size_is_shown_with_its_formula(bench):
    assert bench.formula == "↕ ⌊(30 + 2 − 3) / 1⌋ + 1 = 30\n↔ ⌊(41 + 2 − 3) / 1⌋ + 1 = 41"
    bench.keys(bench.settings.stride, Qt.Key.Key_Up)
    bench.pick(bench.settings.pool, "max")
    assert bench.formula.replace("\u00a0", " ") == (
        "↕ ⌊(30 + 1 − 3) / 2⌋ + 1 = 15, ⌊15 / 2⌋ = 7\n↔ ⌊(41 + 2 − 3) / 2⌋ + 1 = 21, ⌊21 / 2⌋ = 10"
    )


@pytest.mark.parametrize("seed", range(8))
def test_the_formula_is_true(bench, seed):
    rng, edits = np.random.default_rng(seed), LayerEdits(bench.document)
    edits.set_stride(int(rng.integers(1, 5)))
    edits.set_dilation(int(rng.integers(1, 5)))
    edits.set_padding(("same", "valid", 2, (0, 1, 2, 3))[rng.integers(4)])
    edits.set_pool("max", int(rng.integers(2, 4)))
    conv = bench.conv
    maps = conv2d(
        bench.document.picture.pixels,
        conv.kernel,
        stride=conv.stride,
        padding=conv.padding,
        dilation=conv.dilation,
    )
    size = pooled_size(maps.shape[1:], bench.document.block.pool.size)
    assert [int(line.split("=")[-1]) for line in bench.formula.split("\n")] == list(size)


def test_an_impossible_combination_says_why_until_it_is_undone(bench):
    before = bench.formula
    bench.pick(bench.settings.padding, "valid")
    bench.type(bench.settings.dilation, "16")
    assert bench.formula.startswith("The kernel spans 33 × 33 pixels")
    assert bench.settings.formula.property("kind") == "error"
    bench.undo.undo()
    bench.undo.undo()
    assert bench.formula == before
    assert bench.settings.formula.property("kind") == "detail"


def test_another_picture_is_another_size(bench):
    pixels = np.zeros((8, 9, 1), np.float32)
    small = Picture(pixels, "small.png", (9, 8), colour="grey")
    bench.document.change_picture("x", small, bench.conv)
    assert bench.formula.endswith("= 9")


def test_without_a_picture_there_is_no_size(qtbot):
    bench = Bench(qtbot, shown=None)
    assert bench.formula == ""
    bench.pick(bench.settings.padding, "custom")
    assert bench.conv.padding == 1


def test_a_changed_weight_changes_nothing_here(bench, monkeypatch):
    shown = []
    monkeypatch.setattr(LayerSettings, "_show_formula", lambda self: shown.append(1))
    bench.document.change_conv("x", bank.set_weights(bench.conv, {(0, 0, 0, 0): 7.0}))
    assert not shown
    bench.document.change_conv("x", bank.with_kernels(bench.conv, np.zeros((5, 5, 1, 12))))
    assert shown


def test_all_settings_fit_in_four_rows_of_a_narrow_column(bench):
    settings = bench.settings
    chips = [settings.stride, settings.dilation, settings.padding, settings.edge, settings.flip,
             settings.activation, settings.pool]  # fmt: skip
    QApplication.processEvents()
    rows = {chip.geometry().top() for chip in chips}
    assert len(rows) <= 4
    for chip in chips:
        assert settings.rect().contains(chip.geometry())
        assert chip.width() >= chip.sizeHint().width()


@pytest.mark.parametrize("height", [115, 140, 300])
def test_chips_and_formula_never_overlap_however_little_room_there_is(bench, height):
    settings, edits = bench.settings, LayerEdits(bench.document)
    edits.set_padding((1, 2, 1, 2))
    edits.set_activation("leaky_relu")
    edits.set_pool("max")
    settings.resize(240, height)
    QApplication.processEvents()
    chips = settings.findChild(ChipRows)
    assert chips.geometry().bottom() < settings.formula.geometry().top()
    assert settings.formula.height() >= settings.formula.heightForWidth(settings.width())
    settings.pool_size.setFocus(Qt.FocusReason.TabFocusReason)
    chips.ensureWidgetVisible(settings.pool_size)
    place = settings.pool_size.mapTo(chips.viewport(), QPoint(0, 0))
    assert chips.viewport().rect().contains(QRect(place, settings.pool_size.size()))


def test_every_control_explains_itself_and_is_reached_by_tab(bench):
    settings = bench.settings
    bench.pick(settings.activation, "leaky ReLU")
    bench.pick(settings.pool, "max")
    LayerEdits(bench.document).set_padding(1)
    controls = [settings.stride, settings.dilation, settings.padding, settings.sides,
                settings.edge, settings.flip, settings.activation, settings.slope, settings.pool,
                settings.pool_size]  # fmt: skip
    settings.stride.setFocus()
    for control in controls:
        assert control.hasFocus()
        assert len(control.toolTip()) > 20
        assert control.accessibleName()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    for combo in (c for c in controls if isinstance(c, QComboBox)):
        for row in range(combo.count()):
            assert combo.itemData(row, Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(("choices", "values"), CHOICES.items())
def test_every_value_is_offered_once_with_a_tip_of_its_own(choices, values):
    offered = choices()
    assert tuple(offered) == values
    names, tips = zip(*offered.values(), strict=True)
    assert len(set(names)) == len(set(tips)) == len(values)
    assert all((*names, *tips))


def test_every_explanation_stands_at_a_control(qtbot):
    settings = Bench(qtbot).settings
    for name, text in layer_settings.explanations().items():
        assert text in getattr(settings, name).toolTip()

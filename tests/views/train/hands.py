"""What a hand does in the window, and waits for."""

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key


def click(widget):
    QTest.mouseClick(widget, LEFT)


def reached(qtbot, training, step):
    qtbot.waitUntil(
        lambda: training.frame is not None and training.frame.step >= step, timeout=10_000
    )


def paused(qtbot, training):
    qtbot.waitUntil(lambda: not training.running)


def says_step(qtbot, page, training):
    """Wait until the target page says how things are at the step that is shown."""
    step = f"step {training.frame.step} · "
    qtbot.waitUntil(lambda: page.verdict.text().startswith(step))


def entries(menu: QMenu):
    for action in menu.actions():
        if action.menu():
            yield from entries(action.menu())
        elif not action.isSeparator():
            yield action


def fill_with_classes(folder):
    """Two folders of six coloured pictures each."""
    rng = np.random.default_rng(0)
    for name in ("cats", "dogs"):
        (folder / name).mkdir()
        for number in range(6):
            pixels = rng.integers(0, 255, (40, 50, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")


def type_into(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, KEY.Key_Return)

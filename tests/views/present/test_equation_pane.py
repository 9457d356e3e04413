"""Input, kernel and map: in one line where it is wide, else the kernel above the other two."""

from PySide6.QtCore import QRect


def places(pane):
    parts = pane.canvas, pane.kernel, pane.map
    return [QRect(part.mapTo(pane, part.rect().topLeft()), part.size()) for part in parts]


def test_the_three_are_read_from_left_to_right(stage):
    stage.begin()
    stage.show("equation")
    picture, kernel, shown = places(stage.view.panes["equation"])
    assert picture.right() < kernel.left() < kernel.right() < shown.left()


def test_in_half_the_width_the_kernel_stands_above(stage):
    stage.begin()
    stage.show("equation", "curve")
    picture, kernel, shown = places(stage.view.panes["equation"])
    assert kernel.bottom() < min(picture.top(), shown.top())
    assert picture.right() < shown.left()

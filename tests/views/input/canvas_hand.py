"""Helpers that change what an input view shows, and say where on it a pixel lies."""

from dataclasses import replace

from tests.views.laboratory import colour_at


def settle(lab, view):
    """Wait for the maps and for the picture in the view."""
    lab.settle()
    picture, source = lab.document.picture, view.canvas.source
    if picture is not None:
        lab.qtbot.waitUntil(lambda: source.seen is not None and source.seen.picture is picture)
    lab.settle()


def point_of(view, row, column):
    """The viewport position of the middle of one pixel of the picture."""
    rect = view.canvas.placement.to_screen(row, column, row + 1, column + 1)
    return rect.center().toPoint()


def change(lab, view, **settings):
    lab.document.change_conv("x", replace(lab.document.conv, **settings))
    settle(lab, view)


def drawn_pixel(view, row, column):
    return colour_at(view.canvas, point_of(view, row, column)).astype(int)

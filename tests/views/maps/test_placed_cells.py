"""Which cell lies under a point, and where on the screen a cell and a pixel lie."""

from PySide6.QtCore import QPointF


def test_a_cell_is_found_where_it_says_it_lies(lab, gallery):
    view = gallery.view
    for cell in view.cells:
        middle = view.cell_rect(cell.kernel).center()
        assert view.cell_at(QPointF(middle)) is cell
    assert view.cell_at(QPointF(-5, -5)) is None


def test_a_pixel_lies_where_pointing_finds_it(lab, gallery):
    view = gallery.view
    for pixel in ((0, 0), (12, 7), (29, 39)):
        position = QPointF(view.position_of(2, pixel))
        cell = view.cell_at(position)
        assert cell.kernel == 2
        assert cell.pixel_at(view.in_cell(cell, position)) == pixel

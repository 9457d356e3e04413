"""Maps before a class: one with its size, or all, each beside its kernel."""

from dataclasses import replace


def test_the_current_map_is_alone_and_as_fine_as_it_is_large(stage):
    stage.begin()
    stage.show("map")
    pane = stage.view.panes["map"]
    size = stage.bench.preview.map_size
    assert pane.title.text() == f"= feature map 0 · {size[1]} × {size[0]}"
    seen = [cell.kernel for cell in pane.view.cells if cell.isVisible()]
    assert seen == [0]
    stage.bench.document.selection.set_kernel(3)
    stage.settle()
    assert [cell.kernel for cell in pane.view.cells if cell.isVisible()] == [3]
    assert pane.view.current_cell.shown is stage.bench.preview.maps[3]


def test_all_kernels_stand_beside_their_maps(stage):
    stage.begin()
    stage.show("kernels")
    view = stage.view.panes["kernels"].view
    kernels = stage.bench.document.conv.kernel
    for cell in view.cells:
        assert cell.isVisible()
        assert (cell.pattern.weights == kernels[..., cell.kernel]).all()
        assert cell.shown is not None
        kernel = cell.pattern.sceneBoundingRect()
        assert not kernel.intersects(cell.mapRectToScene(cell.placement.rect))


def test_two_views_of_maps_have_all_that_either_shows(stage):
    stage.begin()
    stage.show("map", "kernels")
    for view in stage.view.panes["map"].view, stage.view.panes["kernels"].view:
        assert all(cell.shown is not None for cell in view.cells if cell.isVisible())


def test_why_there_is_no_map_is_said_in_its_place(stage):
    stage.begin()
    stage.show("map")
    conv = stage.bench.document.conv
    stage.bench.document.change_conv("x", replace(conv, padding="valid", dilation=200))
    stage.settle()
    pane = stage.view.panes["map"]
    assert pane.problem.isVisible()
    assert "padding" in pane.problem.text()
    stage.bench.document.undo_stack.undo()
    stage.settle()
    assert not pane.problem.isVisible()

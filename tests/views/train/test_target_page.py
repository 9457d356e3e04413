"""The page that compares what is to come out with what does."""

from playground.models.kernel_edits import KernelEdits
from tests.views.train.test_train_panel import (  # noqa: F401 - fixtures
    copying,
    training,
    window,
)


def test_a_kernel_of_another_size_is_not_compared_and_it_is_said_why(window, copying):  # noqa: F811
    page = window.train.pages.target
    page.redraw()
    assert page.prediction.values is not None
    assert "between the two kernels" in page.verdict.text()
    KernelEdits(window.bench.document).resize_bank(7, 5)
    page.redraw()
    assert page.verdict.text().startswith("The target was made by a kernel of 3 × 3")
    assert page.prediction.values is None
    assert page.target.values is not None
    window.bench.document.undo_stack.undo()
    page.redraw()
    assert page.prediction.values is not None

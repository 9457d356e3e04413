"""The cells fill their room, and follow kernels of another size."""

import numpy as np
import pytest

from playground.core.specs import Conv2DSpec
from playground.views.theme.theming import SMALLEST_POINTS
from tests.views.kernel.conftest import (
    GridBench,
)


@pytest.fixture
def bench(qtbot):
    return GridBench(qtbot)


class TestLook:
    @pytest.mark.parametrize("size", [1, 3, 5, 7, 11])
    @pytest.mark.parametrize("room", [(320, 110), (320, 300), (100, 90), (600, 560)])
    def test_cells_fill_the_room_and_digits_are_readable_or_absent(self, qtbot, size, room):
        bench = GridBench(qtbot, size=room)
        bench.edits.resize_bank(size, size)
        grid = bench.grid
        width = sum(grid.columnWidth(c) for c in range(size))
        height = sum(grid.rowHeight(r) for r in range(size))
        assert width <= room[0]
        assert height <= room[1]
        assert width >= room[0] - size or height >= room[1] - size
        assert grid.digits.font.pointSizeF() >= SMALLEST_POINTS

    def test_a_resize_keeps_the_current_weight_current(self, bench):
        bench.choose(1, 1)
        bench.edits.resize_bank(7, 7)
        assert bench.current == (3, 3)


def test_kernel_channel_and_size_may_all_become_fewer_at_once(bench):
    large = np.arange(9 * 9 * 6 * 8, dtype=np.float32).reshape(9, 9, 6, 8)
    bench.document.change_conv("Large", Conv2DSpec(large, np.zeros(8), tuple("abcdefgh")))
    bench.document.selection.set_kernel(5)
    bench.document.selection.set_channel(4)
    bench.choose(0, 0)
    small = np.arange(9, dtype=np.float32).reshape(3, 3, 1, 1)
    bench.document.change_conv("Small", Conv2DSpec(small, np.zeros(1), ("one",)))
    assert np.array_equal(bench.grid.table.weights, small[:, :, 0, 0])
    assert bench.document.selection.channel == 0

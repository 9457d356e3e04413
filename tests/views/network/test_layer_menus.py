"""The menus of the strip: what can be done to a layer, and what can be added."""

from playground.core.presets import starter_bank
from playground.core.specs import NetworkSpec
from tests.views.network.conftest import Bench, titles, trigger


def test_the_menu_adds_behind_a_layer(bench):
    trigger(bench.strip.layer_menu(2), "Add behind", "Tanh")
    assert titles(bench)[:4] == ["Conv2D", "ReLU", "Tanh", "MaxPool 2"]
    assert bench.strip.layer_menu(0) is None


def test_a_convolution_added_behind_another_comes_behind_its_block(bench):
    trigger(bench.strip.layer_menu(1), "Add behind", "Conv2D")
    assert titles(bench)[:4] == ["Conv2D", "ReLU", "MaxPool 2", "Conv2D"]
    assert bench.selection.layer == 3
    assert bench.strip.currentIndex().row() == 4
    assert bench.document.network.conv(4).channels == 8


def test_the_menu_removes_moves_and_changes(bench):
    trigger(bench.strip.layer_menu(3), "Size", "4")
    assert titles(bench)[2] == "MaxPool 4"
    trigger(bench.strip.layer_menu(3), "Move to the left")
    assert titles(bench)[:3] == ["Conv2D", "MaxPool 4", "ReLU"]
    trigger(bench.strip.layer_menu(2), "Remove")
    assert titles(bench)[:3] == ["Conv2D", "ReLU", "Conv2D"]


def test_what_cannot_be_done_is_grey(qtbot):
    bench = Bench(qtbot)
    bench.document.change_network("x", NetworkSpec((starter_bank(1),)))
    actions = {a.text().split("\t")[0]: a for a in bench.strip.layer_menu(1).actions()}
    for text in ("Move to the left", "Move to the right", "Remove"):
        assert not actions[text].isEnabled()


def test_the_button_adds_behind_the_chosen_layer(bench):
    bench.click(2)
    kinds = bench.strip.menus.kinds
    kinds.aboutToShow.emit()
    trigger(kinds, "Dropout")
    assert titles(bench)[:4] == ["Conv2D", "ReLU", "Dropout 0.25", "MaxPool 2"]

"""How the layers of a run fare is looked at while there is one."""

from PySide6.QtCore import QTimer

from playground.core.specs import NetworkSpec


def test_the_layers_are_reported_a_little_after_a_step(qtbot, bench, lines, steps):
    with qtbot.waitSignal(bench.layers.changed):
        steps(lines, 1)
    assert len(bench.layers.answer.layers) == len(bench.document.network.layers)


def test_a_run_that_was_left_for_another_network_is_not_looked_at(qtbot, bench, lines, steps):
    with qtbot.waitSignal(bench.layers.changed):
        steps(lines, 1)
    bench.document.change_network("Fewer", NetworkSpec(bench.document.network.layers[:-1]))
    assert bench.layers.answer is None
    assert not bench.layers.asking
    assert not bench.layers.findChild(QTimer).isActive()

"""One step, phase by phase, ends in the very step that training takes."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core.explain.slow_motion import step_phases
from playground.core.specs import DropoutSpec
from playground.models.kernels.kernel_edits import KernelEdits
from tests.models.made_tasks import chosen


def phases_of(slow, qtbot):
    shown = []
    slow.changed.connect(shown.append)
    slow.advance()
    while slow.phase is not None and slow.phase.kind != "update":
        slow.advance()
    return shown


def test_values_go_forward_the_loss_appears_gradients_come_back_then_weights_change(
    qtbot, bench, training
):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    before = training.network
    shown = phases_of(bench.slow, qtbot)
    layers = len(before.layers)
    kinds = [phase.kind for phase in shown if phase is not None]
    assert kinds == ["forward"] * layers + ["loss"] + ["backward"] * layers + ["update"]
    assert [p.layer for p in shown[:layers]] == list(range(layers))
    qtbot.waitUntil(lambda: training.frame is not None and training.frame.step == 1)
    assert shown[layers].value == pytest.approx(training.curves.loss.since(0)[0], rel=1e-5)


def test_looking_at_the_phases_changes_nothing(copying):
    trainer = copying.task.trainer(copying.network, copying.setup)
    before = trainer.network.parameters.copy()
    phases = step_phases(trainer)
    assert np.array_equal(trainer.network.parameters, before)
    assert trainer.steps == 0
    assert all(np.isfinite(phase.value) for phase in phases)


def test_the_first_press_pauses_a_run_and_playing_ends_slow_motion(qtbot, bench, copying):
    copying.play()
    bench.slow.advance()
    qtbot.waitUntil(lambda: not copying.running)
    assert bench.slow.phase is None
    bench.slow.advance()
    assert bench.slow.phase is not None
    copying.play()
    assert bench.slow.phase is None
    copying.pause()
    qtbot.waitUntil(lambda: not copying.running)


def test_without_a_task_nothing_happens(bench):
    bench.slow.advance()
    assert bench.slow.phase is None


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("dropout", [False, True])
@pytest.mark.parametrize(
    "setup",
    [
        {"optimizer": "sgd"},
        {"optimizer": "momentum", "momentum": 0.9},
        {"optimizer": "adam", "weight_decay": 0.1},
        {"optimizer": "rmsprop", "clipnorm": 0.1},
    ],
    ids=lambda setup: setup["optimizer"],
)
def test_how_many_weights_move_against_their_gradient_is_what_the_step_then_does(
    qtbot, bench, lines, steps, setup, dropout, frozen
):
    if dropout:
        network = bench.document.network
        at = len(network.layers) - 1
        layers = (*network.layers[:at], DropoutSpec(0.4), network.layers[at])
        bench.document.change_network("Dropout", replace(network, layers=layers))
    lines.change_setup(**setup)
    if frozen:
        lines.freezing.set_kernel(0, 2, True)
    steps(lines, 4)
    phases_of(bench.slow, qtbot)
    claim = bench.slow.update
    qtbot.waitUntil(lambda: lines.frame.step == 5 and not lines.running)
    before, after = lines.run.frame(4), lines.run.newest
    learns = np.ones(len(before.gradients), bool) if after.learns is None else after.learns
    assert learns.all() != frozen
    moved = (after.moment.parameters - before.moment.parameters)[learns]
    slope = before.gradients[learns]
    # A change that is smaller than the weight's last digit is not seen in the difference.
    seen = moved != 0
    assert claim.over == np.count_nonzero(slope)
    against = np.count_nonzero(moved * np.sign(slope) < 0)
    unseen = np.count_nonzero(~seen & (slope != 0))
    assert against <= claim.numbers[0] <= against + unseen
    assert unseen < 0.05 * claim.over
    assert (claim.numbers[0] == claim.over) == (setup["optimizer"] in ("sgd", "rmsprop"))


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_in_the_end_each_cell_says_what_the_step_has_added(
    qtbot, bench, copying, steps, optimizer, flip
):
    bench.hints.set_visible(True)
    conv = replace(bench.document.conv, flip=flip)
    bench.document.change_conv("Turn", conv)
    copying.change_setup(optimizer=optimizer, learning_rate=0.01)
    steps(copying, 1)
    before = copying.network.conv()
    phases_of(bench.slow, qtbot)
    qtbot.waitUntil(lambda: copying.frame.step == 2 and not copying.running)
    moved = copying.network.conv().kernel - before.kernel
    for cell in np.ndindex(moved.shape):
        assert bench.hints.hint(cell).change == pytest.approx(moved[cell], abs=1e-6)
    both = np.append(moved.ravel(), copying.network.conv().bias - before.bias)
    assert bench.slow.moved == {0: pytest.approx(np.abs(both).mean(), rel=1e-3)}
    assert bench.slow.done[-1].kind == "update"


def test_only_at_the_last_phase_is_anything_added(qtbot, bench, copying, steps):
    bench.hints.set_visible(True)
    steps(copying, 1)
    bench.slow.advance()
    assert bench.slow.taken is None
    assert bench.slow.moved == {}
    assert bench.hints.hint((0, 0, 0, 0)).change is None


def test_where_the_gradient_comes_back_to_the_selected_layer_its_cells_show_it(
    qtbot, bench, copying, steps
):
    steps(copying, 1)
    shown = []
    bench.slow.changed.connect(
        lambda phase: phase and shown.append((phase.kind, bench.hints.gradients_first))
    )
    phases_of(bench.slow, qtbot)
    qtbot.waitUntil(lambda: not copying.running)
    assert [kind for kind, first in shown if first] == ["backward"]
    assert not bench.hints.gradients_first


def test_a_step_that_is_undone_takes_its_last_phase_along(qtbot, bench, copying, steps):
    steps(copying, 2)
    phases_of(bench.slow, qtbot)
    qtbot.waitUntil(lambda: copying.frame.step == 3 and not copying.running)
    assert bench.slow.moved
    bench.document.undo_stack.undo()
    assert copying.frame.step == 2
    assert bench.slow.done == ()
    assert bench.slow.taken is None


@pytest.mark.parametrize(
    "act",
    [
        lambda bench: KernelEdits(bench.document).nudge([(0, 0, 0, 0)], 1),
        lambda bench: bench.training.change_setup(learning_rate=0.5),
        lambda bench: bench.training.freezing.set_weights(0, [(0, 0, 0, 0)], True),
        lambda bench: bench.document.undo_stack.undo(),
    ],
    ids=["a weight", "the rate", "a mark", "undo"],
)
def test_what_makes_another_step_of_the_coming_one_ends_slow_motion(bench, copying, steps, act):
    steps(copying, 2)
    bench.slow.advance()
    bench.slow.advance()
    assert len(bench.slow.done) == 2
    act(bench)
    assert bench.slow.phase is None
    assert bench.slow.done == ()


def test_the_last_phase_goes_when_an_earlier_step_is_shown(qtbot, bench, copying, steps):
    steps(copying, 3)
    phases_of(bench.slow, qtbot)
    qtbot.waitUntil(lambda: copying.frame.step == 4 and not copying.running)
    assert bench.slow.done
    bench.timeline.show(1)
    assert bench.slow.done == ()

"""One step, phase by phase, ends in the very step that training takes."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core.explain.slow_motion import step_phases
from playground.core.specs import DropoutSpec
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

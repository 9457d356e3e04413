"""Training by several processes: the same run as by one, to rounding, and nothing left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from playground.core import Network, Trainer, layers, losses
from playground.core.datasets.augment import Augmentation
from playground.core.errors import DivergedError, PlaygroundError
from playground.core.training import optimizers
from playground.jobs import ParallelTrainer

RNG = np.random.default_rng(0)
INPUTS = RNG.random((150, 8, 8, 1), np.float32)
TARGETS = RNG.integers(0, 4, 150)
STEPS = 9
"""Into the third epoch; the last batch of each has 22 examples."""

CALLER = """
import sys, numpy as np
from playground.core import Network, layers
from playground.jobs import ParallelTrainer
inputs = np.zeros((600, 8, 8, 1), np.float32)
network = Network([layers.Conv2D(2, 3), layers.GlobalAveragePool2D()], (8, 8, 1))
training = ParallelTrainer(network, inputs, np.zeros((600, 2)), workers=3)
print(*(process.pid for process in training._crew._processes), flush=True)
while "rest" not in sys.argv:
    training.step()
sys.stdin.read()
"""


def network(dropout: float = 0.2) -> Network:
    made = [
        layers.Conv2D(4, (3, 2), padding=(1, 0, 1, 1)),
        layers.LeakyReLU(0.2),
        layers.MaxPool2D(2),
        layers.Dropout(dropout),
        layers.Flatten(),
        layers.Dense(4),
    ]
    return Network(made, (8, 8, 1))


def chosen(**settings):
    return {
        "loss": "softmax_cross_entropy",
        "optimizer": optimizers.Adam(0.01),
        "batch_size": 64,
        "seed": 10**30,
        "augment": Augmentation(2, True),
    } | settings


def whole(**settings) -> Trainer:
    return Trainer(network(), INPUTS, TARGETS, **chosen(**settings))


def parallel(workers: int, made: Network | None = None, **settings) -> ParallelTrainer:
    made = network() if made is None else made
    return ParallelTrainer(made, INPUTS, TARGETS, **chosen(**settings), workers=workers)


def results(training: Trainer, steps: int = STEPS):
    return [training.step() for _ in range(steps)]


def pids() -> list[int]:
    return [child.pid for child in psutil.Process().children(recursive=True)]


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_any_number_of_workers_makes_the_same_run_to_rounding(workers):
    one = whole()
    with parallel(workers) as shared:
        assert shared.workers == workers
        for alone, together in zip(results(one), results(shared), strict=True):
            assert (together.step, together.epoch) == (alone.step, alone.epoch)
            assert together.loss == pytest.approx(alone.loss, abs=1e-5)
            assert together.accuracy == pytest.approx(alone.accuracy)
        assert shared.evaluate() == pytest.approx(one.evaluate(), abs=1e-5)
    assert shared.network.parameters == pytest.approx(one.network.parameters, abs=1e-4)


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_as_many_workers_make_the_same_run_bit_for_bit(workers):
    runs = []
    for _ in range(2):
        with parallel(workers) as training:
            runs.append((results(training), training.network.parameters.tobytes()))
    assert runs[0] == runs[1]


def test_one_worker_is_a_trainer_bit_for_bit_and_starts_no_process():
    one = whole()
    with parallel(1) as training:
        assert pids() == []
        assert results(training) == results(one)


def test_no_worker_gets_fewer_than_eight_examples():
    with parallel(7, batch_size=24) as training:
        assert training.workers == 3
        assert len(pids()) == 2


def test_weights_that_are_set_between_two_steps_are_learned_from():
    one = whole()
    with parallel(2) as shared:
        for training in (one, shared):
            results(training, 2)
            training.network.set_weights([2 * values for values in training.network.weights])
        for alone, together in zip(results(one), results(shared), strict=True):
            assert together.loss == pytest.approx(alone.loss, abs=1e-4)


def test_what_is_frozen_stays_as_it_is():
    with parallel(2) as training:
        dense = training.network.layers[-1]
        dense.trainable = False
        before = [values.copy() for values in dense.weights]
        results(training)
        assert all(map(np.array_equal, before, dense.weights))


@pytest.mark.parametrize("optimizer", optimizers.ALL)
def test_single_frozen_weights_keep_every_bit(optimizer):
    kind = optimizers.kind_of(optimizer)(weight_decay=0.1)
    with parallel(2, optimizer=kind) as training:
        weights = [values.copy() for values in training.network.weights]
        weights[0].flat[4] = -0.0
        training.network.set_weights(weights)
        held = [np.zeros(values.shape, bool) for values in weights]
        held[0].flat[4] = held[0].flat[5] = held[-1].flat[0] = True
        training.network.freeze(held)
        before = [values.copy() for values in weights]
        results(training, 4)
        for was, now, stays in zip(before, training.network.weights, held, strict=True):
            assert was[stays].tobytes() == now[stays].tobytes()
            assert np.mean(was[~stays] != now[~stays]) > 0.5


def test_the_network_may_turn_to_doubles_in_the_middle_of_a_run():
    one = whole()
    with parallel(3) as shared:
        for training in (one, shared):
            results(training, 2)
            doubles = [values.astype(np.float64) for values in training.network.weights]
            training.network.set_weights(doubles)
        for alone, together in zip(results(one), results(shared), strict=True):
            assert together.loss == pytest.approx(alone.loss, rel=1e-5)
        assert shared.network.dtype == np.float64


def test_doubles_are_learned_from_in_doubles():
    one, doubles = whole(), INPUTS.astype(np.float64)
    one = Trainer(network(), doubles, TARGETS, **chosen())
    with ParallelTrainer(network(), doubles, TARGETS, **chosen(), workers=2) as shared:
        alone, together = results(one), results(shared)
    assert [step.loss for step in together] == pytest.approx([s.loss for s in alone], rel=1e-9)


def test_a_run_can_go_back_and_is_the_same_again():
    with parallel(2) as training:
        results(training, 2)
        moment = training.moment()
        first = results(training, 3)
        training.return_to(moment)
        assert results(training, 3) == first


def test_afterwards_the_network_goes_on_alone_and_no_process_is_left():
    with parallel(3) as training:
        results(training, 2)
        assert len(pids()) == 2
        before = training.network.parameters.copy()
    assert pids() == []
    assert np.array_equal(training.network.parameters, before)
    results(Trainer(training.network, INPUTS, TARGETS, **chosen()), 2)
    training.close()
    with pytest.raises(PlaygroundError, match="closed"):
        training.step()


def test_whoever_forgets_to_close_it_leaves_no_process_either():
    training = parallel(2)
    results(training, 1)
    del training
    assert pids() == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_worker_that_is_killed_is_one_clear_error_and_the_weights_stay():
    with parallel(3) as training:
        results(training, 2)
        before = training.network.parameters.copy()
        os.kill(pids()[1], signal.SIGKILL)
        with pytest.raises(PlaygroundError, match="ended unexpectedly, by signal 9"):
            results(training, 2)
        assert pids() == []
        assert np.isfinite(training.network.parameters).all()
        assert training.network.parameters.shape == before.shape
        with pytest.raises(PlaygroundError, match="closed"):
            training.step()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("state", ["train", "rest"])
def test_a_caller_that_is_killed_leaves_no_process_and_no_memory(state):
    shared = Path("/dev/shm")
    before = set(shared.iterdir()) if shared.exists() else set()
    command = [sys.executable, "-c", CALLER, state]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as caller:
        workers = [psutil.Process(int(pid)) for pid in caller.stdout.readline().split()]
        assert len(workers) == 2
        caller.kill()
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert alive == []
    assert not shared.exists() or set(shared.iterdir()) <= before


def test_a_run_that_diverges_says_so_as_everywhere():
    with parallel(2, optimizer=optimizers.SGD(1e30)) as training, pytest.raises(DivergedError):
        results(training)


def test_a_target_that_only_another_process_sees_is_refused_in_the_same_words():
    targets = TARGETS.copy()
    targets[whole(batch_size=150).batch()[-1]] = 9
    sentences = []
    for workers in (1, 2):
        made = network(), INPUTS, targets
        with ParallelTrainer(*made, **chosen(batch_size=150), workers=workers) as training:
            with pytest.raises(PlaygroundError) as caught:
                training.step()
            sentences.append(str(caught.value))
    assert sentences[0] == sentences[1]


@pytest.mark.parametrize("workers", [0, -1, 1.5, "2", None, 10**6])
def test_what_is_no_number_of_workers_is_refused(workers):
    with pytest.raises(PlaygroundError, match="1 to 64 workers"):
        parallel(workers)


def test_layers_and_losses_of_ones_own_are_trained_by_one_worker_only():
    class Mine(layers.ReLU):
        pass

    class Loss(losses.MeanSquaredError):
        pass

    own = Network([Mine(), layers.Flatten(), layers.Dense(4)], (8, 8, 1))
    for made, settings in ((own, {}), (network(), {"loss": Loss()})):
        with pytest.raises(PlaygroundError, match="one worker"):
            parallel(2, made, **settings)
        assert pids() == []
    with parallel(1, own) as training:
        results(training, 1)


def test_it_is_among_the_public_names_and_loads_when_it_is_asked_for():
    command = "import sys, playground.jobs as jobs; print('numpy' in sys.modules, jobs.__all__)"
    said = subprocess.check_output([sys.executable, "-c", command], text=True)
    assert said.split() == ["False", "['ParallelTrainer']"]

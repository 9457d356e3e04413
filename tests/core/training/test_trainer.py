"""The training loop: what a step does, what a run follows from, and where it ends."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, Trainer, layers
from playground.core.datasets.augment import Augmentation
from playground.core.errors import DivergedError, PlaygroundError
from playground.core.training import losses, optimizers, schedules
from tests.core.cases import kernel_masks

RNG = np.random.default_rng(0)
INPUTS = RNG.random((50, 8, 8, 1), np.float32)
TARGETS = RNG.integers(0, 4, 50)
SHAPE = (8, 8, 1)


def small_network(seed: int = 0) -> Network:
    return Network(
        [
            layers.Conv2D(4, 3, padding="same"),
            layers.ReLU(),
            layers.MaxPool2D(2),
            layers.Dropout(0.2),
            layers.Flatten(),
            layers.Dense(4),
        ],
        SHAPE,
        seed,
    )


def trainer(network: Network | None = None, inputs=INPUTS, targets=TARGETS, **chosen) -> Trainer:
    network = small_network() if network is None else network
    chosen = {"loss": "softmax_cross_entropy", "optimizer": "adam", "batch_size": 16} | chosen
    return Trainer(network, inputs, targets, **chosen)


def run(training: Trainer, steps: int) -> list[float]:
    return [training.step().loss for _ in range(steps)]


def same(one: Trainer, other: Trainer) -> bool:
    return np.array_equal(one.network.parameters, other.network.parameters)


def test_a_network_learns():
    bright = INPUTS.copy()
    bright[np.arange(50) % 2 == 0, :4] += 1
    chosen = {"batch_size": 50, "optimizer": optimizers.Adam(0.02)}
    training = trainer(inputs=bright, targets=np.arange(50) % 2, **chosen)
    before = training.evaluate()
    run(training, 60)
    after = training.evaluate()
    assert after[0] < before[0] / 4
    assert after[1] == 1


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(optimizers.ALL)), st.integers(0, 9), st.integers(1, 60))
def test_the_same_seed_is_the_same_run_bit_for_bit(optimizer, seed, batch_size):
    chosen = {"optimizer": optimizer, "seed": seed, "batch_size": batch_size}
    one, other = trainer(**chosen), trainer(**chosen)
    assert run(one, 7) == run(other, 7)
    assert same(one, other)


def test_another_seed_is_another_run():
    one, other = trainer(seed=1), trainer(seed=2)
    assert run(one, 3) != run(other, 3)


def test_an_epoch_holds_every_example_once_and_each_is_shuffled_anew():
    training = trainer(batch_size=16)
    assert training.steps_per_epoch == 4
    orders = []
    for epoch in range(2):
        batches = []
        for number in range(4):
            batches.append(training.batch().copy())
            result = training.step()
            assert (result.epoch, result.step) == (epoch, epoch * 4 + number + 1)
        assert [len(batch) for batch in batches] == [16, 16, 16, 2]
        orders.append(np.concatenate(batches))
        assert sorted(orders[-1]) == list(range(50))
    assert not np.array_equal(*orders)


def test_a_step_tells_the_loss_and_accuracy_of_its_batch_before_it():
    network = Network([layers.Flatten(), layers.Dense(4)], SHAPE)
    training = trainer(network, optimizer=optimizers.SGD(0.1, schedule=schedules.Step(1, 0.5)))
    chosen = training.batch().copy()
    expected = training.evaluate(INPUTS[chosen], TARGETS[chosen])
    result = training.step()
    assert (result.loss, result.accuracy) == pytest.approx(expected, rel=1e-5)
    assert result.learning_rate == 0.1
    assert training.step().learning_rate == 0.05


def test_plain_gradient_descent_is_the_weights_minus_rate_times_gradient():
    network = Network([layers.Flatten(), layers.Dense(4)], SHAPE)
    training = trainer(network, optimizer=optimizers.SGD(0.5), batch_size=50)
    before = network.weights
    outputs = network.forward(INPUTS)
    network.backward(losses.SoftmaxCrossEntropy().gradient(outputs, TARGETS))
    expected = [w - 0.5 * g for w, g in zip(before, network.layers[1].gradients, strict=True)]
    training.step()
    for values, wanted in zip(network.weights, expected, strict=True):
        assert values == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("optimizer", sorted(optimizers.ALL))
@pytest.mark.parametrize("before", [0, 3])
def test_returning_to_a_moment_repeats_the_run_bit_for_bit(optimizer, before):
    training = trainer(optimizer=optimizer)
    run(training, before)
    moment = training.moment()
    first = run(training, 9)
    end = training.network.parameters.copy()
    for _ in range(2):
        training.return_to(moment)
        assert training.steps == before
        assert run(training, 9) == first
        assert np.array_equal(training.network.parameters, end)


def test_a_moment_continues_in_another_trainer():
    one, other = trainer(), trainer(small_network(seed=5))
    run(one, 5)
    other.return_to(one.moment())
    assert run(one, 5) == run(other, 5)


def test_a_moment_of_another_network_is_refused():
    other = trainer(Network([layers.Flatten(), layers.Dense(4)], SHAPE))
    with pytest.raises(PlaygroundError, match="another network"):
        trainer().return_to(other.moment())


def without_dropout() -> Network:
    return Network([layer for layer in small_network().layers if layer.name != "Dropout"], SHAPE)


@pytest.mark.parametrize("parts", [1, 2, 3])
@pytest.mark.parametrize("chosen", [{}, {"augment": Augmentation(shift=2, mirror=True)}])
def test_parts_that_run_side_by_side_are_as_good_as_one(parts, chosen):
    """What dropout forgets, and how pictures are moved, is drawn for the batch, not for a part."""
    whole, shared = trainer(**chosen), trainer(**chosen)
    with ThreadPoolExecutor(2) as executor:
        shared.share_out(executor.map, parts)
        for _ in range(9):
            one, other = whole.step(), shared.step()
            assert other.loss == pytest.approx(one.loss, abs=1e-5)
            assert other.accuracy == pytest.approx(one.accuracy)
            mine, theirs = shared.network.gradients, whole.network.gradients
            assert mine == pytest.approx(theirs, abs=1e-5 * float(np.abs(theirs).max()))
    assert shared.network.parameters == pytest.approx(whole.network.parameters, abs=1e-4)


def test_parts_give_the_same_run_every_time():
    one, other = trainer(), trainer()
    with ThreadPoolExecutor(2) as executor:
        one.share_out(executor.map, 2)
        other.share_out(map, 2)
        assert run(one, 9) == run(other, 9)
    assert same(one, other)


def test_the_calling_thread_takes_one_part_itself():
    training, sent = trainer(), []

    def run_others(function, *columns):
        sent.append(len(columns[0]))
        return list(map(function, *columns))

    training.share_out(run_others, 2)
    run(training, 1)
    assert sent == [1]


def test_the_other_parts_are_waited_for_when_the_first_one_fails():
    training, ended = trainer(), []

    def run_others(function, *columns):
        for passed in map(function, *columns):
            ended.append(passed)
            yield passed

    training.share_out(run_others, 2)
    training.network.layers[0].forward = None
    with pytest.raises(TypeError):
        training.step()
    assert len(ended) == 1


def test_parts_can_begin_in_the_middle_of_a_run():
    # Right after a pass over as many examples as one part has.
    training, whole = trainer(without_dropout()), trainer(without_dropout())
    run(training, 2), run(whole, 2)
    training.evaluate(INPUTS[:8], TARGETS[:8])
    training.share_out(map, 2)
    assert run(training, 3) == pytest.approx(run(whole, 3), abs=1e-5)


def test_parts_follow_the_network_when_it_turns_to_doubles():
    training, whole = trainer(without_dropout()), trainer(without_dropout())
    training.share_out(map, 2)
    for one in (training, whole):
        run(one, 2)
        one.network.set_weights([values.astype(np.float64) for values in one.network.weights])
    # The two steps before that were equal to the rounding of float32.
    assert run(training, 5) == pytest.approx(run(whole, 5), rel=1e-6)
    assert training.network.parameters == pytest.approx(whole.network.parameters, abs=1e-5)


def test_doubles_are_learned_from_in_doubles_also_in_parts():
    inputs = INPUTS.astype(np.float64)
    whole, shared = (trainer(without_dropout(), inputs) for _ in range(2))
    shared.share_out(map, 2)
    assert run(shared, 5) == pytest.approx(run(whole, 5), rel=1e-9)
    assert shared.network.dtype == np.float64


DECAYING = [
    optimizers.SGD(0.1, weight_decay=0.1),
    optimizers.Momentum(0.1, weight_decay=0.1),
    optimizers.Nesterov(0.1, weight_decay=0.1),
    optimizers.RMSprop(0.01, weight_decay=0.1),
    optimizers.Adam(0.01, weight_decay=0.1),
    optimizers.AdamW(0.01, weight_decay=0.1),
]


@pytest.mark.parametrize("index", range(len(DECAYING)), ids=[o.name for o in DECAYING])
def test_what_is_frozen_keeps_exactly_its_weights_and_the_rest_learns(index):
    import copy

    training = trainer(optimizer=copy.deepcopy(DECAYING[index]))
    run(training, 2)  # so that there is something in memory
    conv, dense = training.network.layers[0], training.network.layers[5]
    training.network.freeze(kernel_masks(training.network, {(0, 2)}))
    dense.trainable = False
    before = [values.copy() for values in conv.weights + dense.weights]
    run(training, 5)
    kernel, bias, *frozen = conv.weights + dense.weights
    assert np.array_equal(kernel[..., 2], before[0][..., 2])
    assert bias[2] == before[1][2]
    assert all(map(np.array_equal, frozen, before[2:]))
    for other in (0, 1, 3):
        assert not np.array_equal(kernel[..., other], before[0][..., other])
        assert bias[other] != before[1][other]
    training.network.freeze(None)
    dense.trainable = True
    run(training, 1)
    assert not np.array_equal(conv.weights[0][..., 2], before[0][..., 2])
    assert not np.array_equal(dense.weights[0], before[2])


def test_frozen_weights_do_not_count_for_the_length_of_the_gradient():
    network = Network([layers.Flatten(), layers.Dense(4), layers.Dense(4)], SHAPE)
    training = trainer(network, optimizer=optimizers.SGD(1.0, global_clipnorm=1e-3), batch_size=50)
    network.layers[1].trainable = False
    before = network.parameters.copy()
    training.step()
    assert np.linalg.norm(network.parameters - before) == pytest.approx(1e-3, rel=1e-2)


@pytest.mark.parametrize("optimizer", [optimizers.SGD(1e30), optimizers.Momentum(1e25)])
def test_a_run_away_leaves_finite_weights_and_can_go_on(optimizer):
    training = trainer(without_dropout(), optimizer=optimizer, loss="softmax_cross_entropy")
    with pytest.raises(DivergedError, match="finite"):
        run(training, 50)
    assert np.isfinite(training.network.parameters).all()
    training.network.initialize(0)
    training.optimizer.learning_rate = 0.01
    assert np.isfinite(run(training, 5)).all()


def test_a_run_away_brings_the_weights_of_the_step_before():
    network = Network([layers.Flatten(), layers.Dense(4)], SHAPE)
    targets = np.zeros((50, 4), np.float32)
    training = trainer(network, targets=targets, loss="mean_squared_error", optimizer="sgd")
    run(training, 2)
    training.optimizer.learning_rate = 1e37
    kept = network.parameters.copy()
    with pytest.raises(DivergedError):
        run(training, 3)
    assert np.array_equal(network.parameters, kept)


@pytest.mark.parametrize("optimizer", sorted(optimizers.ALL))
def test_numbers_that_are_missing_are_found_at_the_first_step(optimizer):
    inputs = INPUTS.copy()
    inputs[:, 0, 0] = np.nan
    network = small_network()
    before = network.parameters.copy()
    with pytest.raises(DivergedError, match="first step"):
        trainer(network, inputs, optimizer=optimizer).step()
    assert np.array_equal(network.parameters, before)


def test_large_gradients_that_are_numbers_are_no_run_away():
    network = Network([layers.Flatten(), layers.Dense(4)], SHAPE)
    inputs = INPUTS * np.float32(1e21)
    training = trainer(network, inputs, optimizer=optimizers.SGD(1e-30, global_clipnorm=1.0))
    training.step()


def test_evaluating_leaves_the_run_as_it_was():
    one, other = trainer(), trainer()
    for _ in range(6):
        one.evaluate()
        one.evaluate(INPUTS[:3].astype(np.float64), TARGETS[:3])
        assert one.step() == other.step()
    assert same(one, other)
    assert one.network.dtype == np.float32


def test_evaluating_is_the_mean_over_all_examples():
    training = trainer()
    inputs = np.concatenate([INPUTS] * 4)
    targets = np.concatenate([TARGETS] * 4)
    loss, accuracy = training.evaluate(inputs, targets)
    outputs = training.network.forward(inputs)
    assert loss == pytest.approx(losses.SoftmaxCrossEntropy()(outputs, targets), rel=1e-5)
    assert accuracy == pytest.approx((outputs.argmax(axis=1) == targets).mean())


def test_a_loss_without_right_and_wrong_has_no_accuracy():
    network = Network([layers.Conv2D(1, 3, padding="same")], SHAPE)
    training = trainer(network, targets=INPUTS, loss="mean_squared_error")
    assert training.step().accuracy is None
    assert training.evaluate()[1] is None


def test_maps_can_be_learned():
    network = Network([layers.Conv2D(1, 3, padding="same")], SHAPE)
    blurred = (INPUTS + np.roll(INPUTS, 1, axis=2)) / 2
    training = trainer(network, targets=blurred, loss="mean_squared_error")
    training.optimizer.learning_rate = 0.05
    before = training.evaluate()[0]
    run(training, 100)
    assert training.evaluate()[0] < before / 10


@pytest.mark.parametrize("count", [1, 2])
def test_few_examples_are_enough(count):
    training = trainer(inputs=INPUTS[:count], targets=TARGETS[:count])
    assert training.steps_per_epoch == 1
    training.share_out(map, 2)
    losses_seen = run(training, 30)
    assert losses_seen[-1] < losses_seen[0]


def test_inputs_and_targets_are_not_changed():
    rows = np.eye(4, dtype=np.float32)[TARGETS]
    inputs, targets = INPUTS.copy(), rows.copy()
    training = trainer(inputs=inputs, targets=targets)
    run(training, 5)
    training.evaluate(inputs, targets)
    assert np.array_equal(inputs, INPUTS)
    assert np.array_equal(targets, rows)


def test_bytes_and_lists_are_learned_from_as_numbers():
    pictures = (INPUTS * 255).astype(np.uint8)
    runs = [
        run(trainer(inputs=given, targets=wanted), 4)
        for given, wanted in (
            (pictures, TARGETS.astype(np.uint8)),
            (pictures.tolist(), TARGETS.tolist()),
            (pictures.astype(np.float32), TARGETS.astype(np.float64)),
        )
    ]
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize(
    ("inputs", "targets"),
    [
        (INPUTS[:0], TARGETS[:0]),
        (INPUTS, TARGETS[:-1]),
        (INPUTS[..., 0], TARGETS),
        (INPUTS[:, :7], TARGETS),
        (INPUTS[0], TARGETS[:8]),
        (INPUTS, 3),
        (0.5, TARGETS),
    ],
)
def test_examples_that_do_not_fit_are_refused(inputs, targets):
    with pytest.raises(PlaygroundError):
        trainer(inputs=inputs, targets=targets)
    with pytest.raises(PlaygroundError):
        trainer().evaluate(inputs, targets)


@pytest.mark.parametrize("loss", sorted(losses.ALL))
@pytest.mark.parametrize("shape", [(50, 3), (50, 4, 1), (50, 2, 2, 1)])
def test_targets_of_another_shape_than_the_outputs_are_refused(loss, shape):
    with pytest.raises(PlaygroundError, match="shape"):
        trainer(targets=np.zeros(shape), loss=loss).step()


def test_classes_that_the_network_does_not_tell_apart_are_refused():
    with pytest.raises(PlaygroundError, match="0 to 3"):
        run(trainer(targets=TARGETS + 1), 4)


def test_a_batch_has_an_example():
    with pytest.raises(PlaygroundError, match="at least one"):
        trainer(batch_size=0)


def test_two_trainers_go_on_alike_from_one_moment():
    one, other = trainer(), trainer()
    run(one, 3)
    moment = one.moment()
    other.return_to(moment)
    assert other.steps == moment.step == 3
    assert run(one, 4) == run(other, 4)
    assert same(one, other)


def test_a_moment_is_a_copy():
    training = trainer()
    run(training, 1)
    moment = training.moment()
    before = moment.parameters.copy(), moment.optimizer[1]["m"].copy()
    run(training, 2)
    assert np.array_equal(moment.parameters, before[0])
    assert np.array_equal(moment.optimizer[1]["m"], before[1])

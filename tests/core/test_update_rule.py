"""The rule's last line is the weight that training arrives at."""

import numpy as np
import pytest

from playground.core import Network, Trainer, layers, optimizers, schedules
from playground.core.update_rule import update_rule

OPTIMIZERS = {
    "sgd": lambda: optimizers.SGD(0.1),
    "sgd, decay": lambda: optimizers.SGD(0.1, weight_decay=0.01),
    "momentum": lambda: optimizers.Momentum(0.05, 0.9),
    "nesterov": lambda: optimizers.Nesterov(0.05, 0.8),
    "rmsprop": lambda: optimizers.RMSprop(0.01),
    "adam": lambda: optimizers.Adam(0.01),
    "adam, decay": lambda: optimizers.Adam(0.01, weight_decay=0.1),
    "adamw": lambda: optimizers.AdamW(0.01, weight_decay=0.1),
    "clip by value": lambda: optimizers.SGD(0.1, clipvalue=0.01),
    "clip by length": lambda: optimizers.Adam(0.01, global_clipnorm=0.05),
    "schedule": lambda: optimizers.SGD(0.1, schedule=schedules.Step(2, 0.1)),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("steps", [0, 1, 4])
def test_the_last_line_is_the_next_weight(name, steps):
    rng = np.random.default_rng(0)
    inputs = rng.random((8, 6, 6, 1), np.float32)
    network = Network([layers.Conv2D(2, 3)], (6, 6, 1))
    targets = rng.random((8, 4, 4, 2), np.float32)
    trainer = Trainer(network, inputs, targets, optimizer=OPTIMIZERS[name](), batch_size=4)
    for _ in range(steps):
        trainer.step()
    trainer.propagate(trainer.batch())
    gradients = network.gradients.copy()
    length = float(np.linalg.norm(gradients))
    expected = [
        update_rule(trainer.optimizer, index, float(weight), float(gradient), length)[-1].value
        for index, (weight, gradient) in enumerate(zip(network.parameters, gradients, strict=True))
    ]
    trainer.step()
    assert network.parameters == pytest.approx(np.array(expected), rel=1e-4, abs=1e-6)


def test_adam_shows_all_its_terms():
    optimizer = optimizers.Adam()
    lines = update_rule(optimizer, 0, 1.0, 0.5, 0.5)
    assert [line.formula.split(" ")[0] for line in lines] == ["g", "m", "v", "m̂", "v̂", "w"]

"""What a worker is told arrives as it was said."""

import json

import numpy as np
import pytest

from playground.core import Network, layers
from playground.core.datasets.augment import Augmentation
from playground.core.errors import PlaygroundError
from playground.core.layers import Layer
from playground.core.training import losses
from playground.jobs.parallel.layout import Layout
from playground.jobs.parallel.orders import Orders, packed, unpacked

LAYERS = [
    layers.Conv2D(4, (3, 2), padding=(1, 0, 2, 1), dilation=2, use_bias=False),
    layers.PReLU(),
    layers.Conv2D(
        np.int64(2), 3, stride=2, padding="same", initializer=lambda shape, _: np.ones(shape)
    ),
    layers.LeakyReLU(0.25),
    layers.Tanh(),
    layers.Sigmoid(),
    layers.AveragePool2D(2),
    layers.MaxPool2D(1),
    layers.Dropout(0.3),
    layers.Flatten(),
    layers.ReLU(),
    layers.Dense(3, use_bias=False),
]


def orders(made=None, loss=None, augment=None) -> Orders:
    made = [layers.GlobalAveragePool2D()] if made is None else made
    return Orders(
        worker=2,
        parts=3,
        ticket="7",
        layout=Layout(2, 10, 64, ((5, 12, 12, 1), "<f4"), ((5, 3), "<f8")),
        network=Network(made, (12, 12, 1)),
        loss=loss or losses.BinaryCrossEntropy(True),
        augment=augment,
        seed=10**30,
    )


def settings(layer: Layer) -> dict[str, object]:
    plain = (bool, int, float, str, tuple)
    return {name: each for name, each in vars(layer).items() if isinstance(each, plain)}


def test_every_layer_arrives_with_its_settings():
    said = orders(LAYERS)
    heard = unpacked(packed(said)).network
    for here, there in zip(said.network.layers, heard.layers, strict=True):
        mine = settings(here)
        mine.pop("initializer", None)
        assert type(there) is type(here)
        assert mine.items() <= settings(there).items()
    assert heard.shapes == said.network.shapes


def test_all_the_rest_arrives_too():
    said = orders(augment=Augmentation(2, True))
    heard = unpacked(packed(said))
    for name in ("worker", "parts", "ticket", "layout", "augment", "seed"):
        assert getattr(heard, name) == getattr(said, name)
    assert isinstance(heard.loss, losses.BinaryCrossEntropy)
    assert heard.loss.from_logits


def test_it_is_one_line_of_json():
    line = packed(orders(LAYERS))
    assert line.count(b"\n") == 1
    assert json.loads(line)["worker"] == 2


def test_what_only_the_caller_knows_is_refused():
    class Turn(Augmentation):
        pass

    with pytest.raises(PlaygroundError, match="train with one worker"):
        packed(orders(augment=Turn()))

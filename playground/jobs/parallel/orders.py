"""What a worker is told when it starts: one line of JSON that says what it works on.

Layers and losses are told by their class and what that was made with; all other numbers stand in
the memory that is shared.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from playground.core import layers
from playground.core.checks import shown
from playground.core.datasets.augment import Augmentation
from playground.core.errors import PlaygroundError
from playground.core.network.network import Network
from playground.core.training import losses
from playground.core.training.losses import Loss
from playground.jobs.parallel.layout import Layout


@dataclass(frozen=True)
class Orders:
    """What one worker works on."""

    worker: int
    """Its number; the caller is 0."""
    parts: int
    """Into how many each batch is cut; a worker takes the one of its number."""
    ticket: str
    """The shared memory's."""
    layout: Layout
    network: Network
    loss: Loss
    augment: Augmentation | None
    seed: int


def packed(orders: Orders) -> bytes:
    """`orders` as a line for `unpacked`; PlaygroundError for layers and losses of one's own."""
    network, augment = orders.network, orders.augment
    if augment is not None and type(augment) is not Augmentation:
        raise _unknown(augment)
    told = {
        **vars(orders),
        "layout": asdict(orders.layout),
        "network": [list(network.input_shape), [_told(one, layers) for one in network.layers]],
        "loss": _told(orders.loss, losses),
        "augment": None if augment is None else asdict(augment),
    }
    return json.dumps(told, default=np.generic.item).encode() + b"\n"


def unpacked(line: bytes) -> Orders:
    """What `packed` was given; the network's weights are other ones."""
    told = json.loads(line)
    layout, (shape, made), augment = told["layout"], told["network"], told["augment"]
    for kind in ("inputs", "targets"):
        layout[kind] = (tuple(layout[kind][0]), layout[kind][1])
    told |= {
        "layout": Layout(**layout),
        "network": Network([_made(one, layers) for one in made], tuple(shape)),
        "loss": _made(told["loss"], losses),
        "augment": None if augment is None else Augmentation(**augment),
    }
    return Orders(**told)


def _told(thing: object, module: object) -> list[Any]:
    """The class of a layer or a loss of `module`, and what it was made with."""
    kind = type(thing)
    if getattr(module, kind.__name__, None) is not kind:
        raise _unknown(thing)
    names = [name for name in inspect.signature(kind).parameters if name != "initializer"]
    return [kind.__name__, {name: getattr(thing, name) for name in names if hasattr(thing, name)}]


def _made(told: tuple[str, Mapping[str, Any]], module: object) -> Any:
    name, settings = told
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in settings.items()}
    return getattr(module, name)(**values)


def _unknown(thing: object) -> PlaygroundError:
    return PlaygroundError(
        f"Other processes know only the layers and losses that come with Filter Playground, not "
        f"{shown(thing)}: train with one worker."
    )

"""Optimizers: from the gradient g of every weight w to the weight's next value.

With learning rate η and step t = 1, 2, …, all operations on each weight by itself. Weight decay λ
adds λ·w to g in all but AdamW. Clipping comes first: each value of g to ±clipvalue, or g as a whole
to the length global_clipnorm. Names and arguments are Keras's, formulas and defaults PyTorch's.
A new optimizer is a class with its formula, and its place in the table here.
"""

from __future__ import annotations

from playground.core.errors import PlaygroundError
from playground.core.training.optimizers.adaptive import Adam, AdamW, RMSprop
from playground.core.training.optimizers.base import Optimizer
from playground.core.training.optimizers.sgd import SGD, Momentum, Nesterov

__all__ = [
    "ALL",
    "SGD",
    "Adam",
    "AdamW",
    "Momentum",
    "Nesterov",
    "Optimizer",
    "RMSprop",
    "get",
    "kind_of",
]

ALL: dict[str, type[Optimizer]] = {
    optimizer.name: optimizer for optimizer in (SGD, Momentum, Nesterov, RMSprop, Adam, AdamW)
}


def kind_of(name: str) -> type[Optimizer]:
    """The class of the optimizer called `name`; raises PlaygroundError where there is none."""
    if not isinstance(name, str) or name not in ALL:
        raise PlaygroundError(
            f"There is no optimizer called “{name}”: choose one of {', '.join(ALL)}."
        )
    return ALL[name]


def get(optimizer: str | Optimizer) -> Optimizer:
    """The optimizer called `optimizer` with its usual settings; one itself is passed through."""
    return optimizer if isinstance(optimizer, Optimizer) else kind_of(optimizer)()

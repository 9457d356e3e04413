"""Each layer of a network in a few words: what it is called and which shape it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from playground.core.claims import percent
from playground.core.errors import PlaygroundError
from playground.core.network.building import shape_behind
from playground.core.specs import (
    ACTIVATION_NAMES,
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    LayerSpec,
    NetworkSpec,
    Pool2DSpec,
)
from playground.models.local_numbers import localised

Shape = tuple[int, ...]
"""(channels, height, width), or (units,)."""

_UNKNOWN = "–"


@dataclass(frozen=True)
class Chip:
    """One layer as it is named on screen."""

    title: str
    detail: str
    tip: str
    layer: int | None = None
    """Its index in the network; None for the input."""
    block: int | None = None
    """Index of the convolution it belongs to; clicking the chip shows that one's kernels."""
    problem: str = ""
    """Why it cannot be computed, or nothing."""


def layer_chips(network: NetworkSpec, shape: Shape | None) -> list[Chip]:
    """The input of `shape`, or of none yet, and every layer behind it.

    A layer that cannot be computed says why; those behind it have no shape.
    """
    given = _tr("no picture") if shape is None else _text(shape)
    tip = _tr("What the network is given: channels × height × width")
    chips = [Chip(_tr("Input"), given, tip)]
    block: int | None = None
    for number, layer in enumerate(network.layers):
        problem = ""
        if isinstance(layer, Conv2DSpec):
            block = number
        if shape is not None:
            try:
                shape = _after(layer, shape)
            except PlaygroundError as error:
                shape, problem = None, str(error)
        chip = _chip(layer, shape)
        chips.append(replace(chip, layer=number, block=block, problem=problem))
    return chips


def _chip(layer: LayerSpec, shape: Shape | None) -> Chip:
    if isinstance(layer, Conv2DSpec):
        return _conv_chip(layer, shape)
    made = _UNKNOWN if shape is None else _text(shape)
    if isinstance(layer, ActivationSpec):
        name = ACTIVATION_NAMES[layer.name]
        tip = _tr("The activation: applied to every value by itself, so the shape stays {}")
        return Chip(name[0].upper() + name[1:], made, tip.format(made))
    if isinstance(layer, Pool2DSpec):
        return _pool_chip(layer, made)
    if isinstance(layer, DenseSpec):
        return _dense_chip(layer)
    if isinstance(layer, DropoutSpec):
        tip = _tr("In training, each value is forgotten with a chance of {}, anew in every step")
        tip = tip.format(localised(percent(layer.rate, 1)))
        return Chip(_tr("Dropout {:g}").format(layer.rate), made, tip)
    if isinstance(layer, FlattenSpec):
        return Chip("Flatten", made, _tr("All values of all maps in one row: {}").format(made))
    tip = _tr("Each map becomes one number, its mean: {}").format(made)
    return Chip(_tr("GlobalAverage"), made, tip)


def _dense_chip(layer: DenseSpec) -> Chip:
    inputs, units = layer.kernel.shape
    tip = _tr("Every unit weighs every input: {} × {} = {} weights + {} biases")
    tip = tip.format(inputs, units, layer.kernel.size, units)
    return Chip("Dense", _tr("kernel ({}, {}) + {} bias").format(inputs, units, units), tip)


def _pool_chip(layer: Pool2DSpec, made: str) -> Chip:
    title = _tr("MaxPool {}") if layer.kind == "max" else _tr("AveragePool {}")
    tip = (
        _tr("Each {0} × {0} window becomes its largest value: {1}")
        if layer.kind == "max"
        else _tr("Each {0} × {0} window becomes its mean: {1}")
    )
    return Chip(title.format(layer.size), made, tip.format(layer.size, made))


def _conv_chip(conv: Conv2DSpec, shape: Shape | None) -> Chip:
    height, width, channels, filters = conv.kernel.shape
    kernel = ", ".join(map(str, conv.kernel.shape))
    tip = _tr(
        "({}): height, width, input channels, kernels; and the {} biases, one for each kernel.\n"
        "{} × {} × {} × {} = {} weights + {} biases"
    ).format(kernel, filters, height, width, channels, filters, conv.kernel.size, filters)
    if shape is not None:
        maps = _tr("It makes {}: one map of {} × {} for each kernel")
        tip = f"{tip}\n{maps.format(_text(shape), shape[1], shape[2])}"
    return Chip("Conv2D", _tr("kernel ({}) + {} bias").format(kernel, filters), tip)


def _after(layer: LayerSpec, shape: Shape) -> Shape:
    """The shape behind `layer`; raises PlaygroundError where there is none."""
    after = shape_behind(layer, shape if len(shape) == 1 else (*shape[1:], shape[0]))
    return after if len(after) == 1 else (after[2], *after[:2])


def _text(shape: Shape) -> str:
    return " × ".join(map(str, shape))


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerChips", text)

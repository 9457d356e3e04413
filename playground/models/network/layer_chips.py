"""Each layer of a network in a few words: what it is called and which shape it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from playground.core.errors import PlaygroundError
from playground.core.layers import kind_of
from playground.core.network.building import shape_behind
from playground.core.specs import LayerSpec, NetworkSpec
from playground.models.words.local_numbers import localised

Shape = tuple[int, ...]
"""(channels, height, width), or (units,)."""

_UNKNOWN = "–"
"""Stands for the shape behind a layer that cannot be computed."""


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
        if number in network.convs:
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
    kind = kind_of(layer)
    filled = {
        "layer": layer,
        "made": _UNKNOWN if shape is None else _text(shape),
        "words": {name: localised(text) for name, text in kind.words(layer).items()},
    }
    tip = translated(kind.about).format(**filled)
    if shape is not None and kind.about_maps:
        tip += "\n" + translated(kind.about_maps).format(**filled, maps=_text(shape[1:]))
    title, detail = (translated(text).format(**filled) for text in (kind.title, kind.detail))
    return Chip(title or translated(kind.name), detail, tip)


def translated(text: str) -> str:
    """A text of the table of layer kinds in the user's language."""
    return QCoreApplication.translate("LayerKind", text)


def _after(layer: LayerSpec, shape: Shape) -> Shape:
    """The shape behind `layer`; raises PlaygroundError where there is none."""
    after = shape_behind(layer, shape if len(shape) == 1 else (*shape[1:], shape[0]))
    return after if len(after) == 1 else (after[2], *after[:2])


def _text(shape: Shape) -> str:
    return " × ".join(map(str, shape))


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerChips", text)

"""All that is known about one kind of layer: an entry of the table in layers/__init__.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from playground.core.layers.base import Layer, Shape
from playground.core.specs import FloatArray, LayerSpec
from playground.core.specs.base import Draw


class Elsewhere(NamedTuple):
    """What others call a kind of layer; "" where they have none."""

    keras: str
    pytorch: str
    onnx: str


@dataclass(frozen=True)
class Setting:
    """A number of a layer that its menu offers; the texts are in English, to be translated."""

    field: str
    name: str
    change: str
    """What changing it is called; {} is the number."""
    choices: tuple[float, ...]


@dataclass(frozen=True)
class LayerKind:
    """All that is known of one kind of layer; the texts are in English, to be translated.

    In `title`, `detail` and `about`, {layer} is the description, {made} the shape of its output
    and {words[…]} what `words` gives.
    """

    key: str
    spec: type[LayerSpec]
    make: Callable[[Any], Layer]
    """The layer of such a description, still without weights."""
    fresh: Callable[[Shape, Draw], LayerSpec] | None
    """A new one for an input of a shape; None where the menu does not offer it."""
    section: str
    """Kinds of one section stand together in the menu."""
    name: str
    tip: str
    about: str
    """What a layer of this kind does, as it says on the strip."""
    formula: str
    elsewhere: Elsewhere
    title: str = ""
    """What the strip calls it, where that is not the name."""
    detail: str = "{made}"
    about_maps: str = ""
    """What is added where the shape of its maps is known; {maps} is their height × width."""
    words: Callable[[Any], dict[str, str]] = lambda _layer: {}
    stored: tuple[str, ...] = ()
    """The axes of its weights as Keras stores them …"""
    computed: tuple[str, ...] = ()
    """… and as they are computed with."""
    on_map: Callable[[Any, FloatArray, int], FloatArray] = lambda _layer, values, _channel: values
    """What it makes of map number `channel` (H, W), outside training."""
    setting: Setting | None = None
    convolves: bool = False
    """Whether the strip selects it when it is new, and puts it behind a block, not into one."""

    @property
    def texts(self) -> list[str]:
        """All of it that is translated."""
        own = [self.name, self.title, self.detail, self.tip, self.about, self.about_maps]
        setting = [] if self.setting is None else [self.setting.name, self.setting.change]
        return [text for text in own + setting if text]

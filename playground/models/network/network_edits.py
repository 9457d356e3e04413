"""The layers as a whole: added, removed, moved and made to fit, as changes that can be undone.

Weights behind a change are made to fit what now comes in, as far as it can be computed; a layer
that cannot take what it is given stays, and says so on its chip.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject

from playground.core.errors import PlaygroundError
from playground.core.layers import LAYER_KINDS, Setting, kind_of
from playground.core.layers.base import Shape
from playground.core.network.refit import new_layer, refitted, shape_before, with_setting
from playground.core.specs import LayerSpec
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.training.tasks.task_picture import in_channels

_ANY_SIDE = 64
"""Height and width assumed while there is no picture: small, and enough for any usual kernel."""

Layers = tuple[LayerSpec, ...]


class NetworkEdits(Guarded, QObject):
    """Named operations on the layers; each says whether it was carried out."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    @property
    def input_shape(self) -> Shape:
        """(H, W, C) that the network is given."""
        network, picture = self._document.network, self._document.picture
        if network.input_shape is not None:
            return network.input_shape
        if picture is not None:
            return picture.height, picture.width, picture.channels
        return _ANY_SIDE, _ANY_SIDE, network.first_conv.channels

    def add_layer(self, kind: str, after: int) -> bool:
        """Put a fresh layer behind layer `after`; −1 puts it first. A convolution is selected."""
        network, seed = self._document.network, self._document.new_gesture()
        place = after + 1

        def change() -> Layers:
            layer = new_layer(kind, self._shape_at(place), seed)
            return (*network.layers[:place], layer, *network.layers[place:])

        selected = self._document.selection.layer
        follow = place if LAYER_KINDS[kind].convolves else selected + (place <= selected)
        text = self.tr("Add {}").format(translated(LAYER_KINDS[kind].name))
        return self._change(text, change, follow)

    def remove_layer(self, index: int) -> bool:
        """Take layer `index` out; one convolution must remain."""
        network = self._document.network
        selected = self._document.selection.layer

        def change() -> Layers:
            if network.convs == (index,):
                raise PlaygroundError(
                    self.tr("A network needs at least one convolution: the last one stays.")
                )
            return (*network.layers[:index], *network.layers[index + 1 :])

        text = self.tr("Remove {}").format(layer_name(network.layers[index]))
        return self._change(text, change, selected - (index < selected))

    def move_layer(self, index: int, to: int) -> bool:
        """Take layer `index` out and put it back so that it is layer `to`."""
        network = self._document.network
        order = list(range(len(network.layers)))
        if not 0 <= to < len(order) or to == index:
            return False
        order.insert(to, order.pop(index))
        selected = order.index(self._document.selection.layer)
        text = self.tr("Move {}").format(layer_name(network.layers[index]))
        return self._change(text, lambda: tuple(network.layers[i] for i in order), selected)

    def refit(self) -> bool:
        """Make all weights fit what comes in, keeping those that do."""
        network = self._document.network
        selected = self._document.selection.layer
        return self._change(self.tr("Fit weights"), lambda: network.layers, selected)

    def setting(self, index: int) -> Setting | None:
        """The number of layer `index` that can be changed, where it has one."""
        return kind_of(self._document.network.layers[index]).setting

    def change_setting(self, index: int, value: float) -> bool:
        """Give the setting of layer `index` another value: units, a window's size, a rate."""
        layer, seed = self._document.network.layers[index], self._document.new_gesture()
        setting = self.setting(index)
        assert setting is not None
        text = translated(setting.change).format(value)
        network, selected = self._document.network, self._document.selection.layer

        def change() -> Layers:
            changed = with_setting(layer, setting.field, value, seed)
            return network.with_layer(index, changed).layers

        return self._change(text, change, selected)

    def _shape_at(self, place: int) -> Shape:
        """What a layer at `place` is given; one channel where that cannot be said."""
        try:
            shape = shape_before(self._document.network, place, self.input_shape)
        except PlaygroundError:
            return (1,)
        return shape

    def _change(self, text: str, edit: Callable[[], Layers], selected: int) -> bool:
        """Make the change, with weights that fit; False, and a sentence, if it is refused."""
        document = self._document
        try:
            edited = replace(document.network, layers=edit())
            network = refitted(edited, self.input_shape, document.new_gesture())
        except PlaygroundError as error:
            document.problem.emit(str(error))
            return False
        picture = document.picture
        if picture is not None:
            # A task has its own number of channels, whatever picture has been opened since.
            picture = in_channels(picture, network.first_conv.channels)
        document.change(text, picture=picture, network=network, layer=selected)
        return True


def translated(text: str) -> str:
    """A text of the table of layer kinds in the user's language."""
    return QCoreApplication.translate("LayerKind", text)


def layer_name(layer: LayerSpec) -> str:
    """What a layer is called in the undo history."""
    return translated(kind_of(layer).name)

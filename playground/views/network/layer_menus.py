"""What can be done to a layer: the menus of the network strip."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from playground.core.network.refit import LayerKind
from playground.core.specs import DenseSpec, DropoutSpec, Pool2DSpec
from playground.models.guard import Guarded
from playground.models.network.network_edits import NetworkEdits, kind_name
from playground.models.state.document import Document

_UNITS = (1, 2, 3, 4, 5, 10, 16, 32, 64)
_POOLS = (2, 3, 4)
_RATES = (0.1, 0.25, 0.5)


def kind_tips() -> dict[LayerKind, str]:
    """Every kind of layer that can be added, in the menu's order, with what it does."""
    return {
        "conv": _tr("Kernels that look for patterns in the maps before them"),
        "relu": _tr("Negative values become 0"),
        "leaky_relu": _tr("Negative values are made small, not 0"),
        "sigmoid": _tr("Every value is squeezed between 0 and 1"),
        "tanh": _tr("Every value is squeezed between −1 and 1"),
        "max_pool": _tr("Each window becomes its largest value"),
        "average_pool": _tr("Each window becomes its mean"),
        "dropout": _tr("In training, a random share of the values is forgotten"),
        "flatten": _tr("All values of all maps in one row, for a dense layer"),
        "global_average": _tr("Each map becomes one number, its mean"),
        "dense": _tr("Units that each weigh every input"),
    }


class LayerMenus(Guarded, QObject):
    """Makes the menus and carries out what is chosen in them."""

    def __init__(self, document: Document, edits: NetworkEdits, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._edits = edits
        self._window = parent
        self._aimed = 0
        self.kinds = QMenu(parent)
        self.kinds.setToolTipsVisible(True)
        self._fill_kinds(self.kinds, None)

    def aim(self, layer: int) -> None:
        """Let `kinds` add behind `layer`."""
        self._aimed = layer

    def about(self, layer: int) -> QMenu:
        """What can be done to `layer`; the menu is gone when it is closed."""
        menu, edits = QMenu(self._window), self._edits
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        self._fill_kinds(menu.addMenu(self.tr("Add behind")), layer)
        self._add_settings(menu, layer)
        menu.addSeparator()
        last = len(self._document.network.layers) - 1
        left = menu.addAction(self.tr("Move to the left\tCtrl+Left"))
        _on(left, partial(edits.move_layer, layer, layer - 1))
        left.setEnabled(layer > 0)
        right = menu.addAction(self.tr("Move to the right\tCtrl+Right"))
        _on(right, partial(edits.move_layer, layer, layer + 1))
        right.setEnabled(layer < last)
        remove = menu.addAction(self.tr("Remove\tDel"))
        _on(remove, partial(edits.remove_layer, layer))
        remove.setEnabled(self._document.network.convs != (layer,))
        menu.addSeparator()
        fit = menu.addAction(self.tr("Fit weights to what comes in"))
        fit.setToolTip(self.tr("Weights that fit are kept, and missing ones are drawn at random"))
        _on(fit, edits.refit)
        return menu

    def _fill_kinds(self, menu: QMenu, layer: int | None) -> None:
        for kind, tip in kind_tips().items():
            if kind in ("relu", "max_pool", "dropout", "flatten"):
                menu.addSeparator()
            action = menu.addAction(kind_name(kind))
            action.setToolTip(tip)
            action.setData(kind)
            _on(action, partial(self._add, kind, layer))

    def _add(self, kind: LayerKind, layer: int | None) -> None:
        network = self._document.network
        behind = self._aimed if layer is None else layer
        if kind == "conv" and behind in network.convs:
            # A convolution's activation and pooling stay with it.
            behind = len(network.through_block(behind)) - 1
        self._edits.add_layer(kind, behind)

    def _add_settings(self, menu: QMenu, layer: int) -> None:
        edits, spec = self._edits, self._document.network.layers[layer]
        if isinstance(spec, DenseSpec):
            units = menu.addMenu(self.tr("Units"))
            self._offer(units, _UNITS, spec.units, partial(edits.set_units, layer))
        elif isinstance(spec, Pool2DSpec):
            sizes = menu.addMenu(self.tr("Size"))
            self._offer(sizes, _POOLS, spec.size, partial(edits.set_pool_size, layer))
        elif isinstance(spec, DropoutSpec):
            rates = menu.addMenu(self.tr("Share that is forgotten"))
            self._offer(rates, _RATES, spec.rate, partial(edits.set_rate, layer))

    def _offer(
        self,
        menu: QMenu,
        numbers: Iterable[float],
        current: float,
        choose: Callable[..., object],
    ) -> None:
        for number in sorted({*numbers, current}):
            action = menu.addAction(f"{number:g}")
            action.setCheckable(True)
            action.setChecked(number == current)
            _on(action, partial(choose, number))


def _on(action: QAction, operation: Callable[[], object]) -> None:
    """Carry out `operation` when the action is triggered, checked or not."""
    action.triggered.connect(lambda _checked=False: operation())


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerMenus", text)

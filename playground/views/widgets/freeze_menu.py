"""Right click: keep a kernel, or a whole layer, as it is while the others learn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from playground.models.training.run.freezing import Freezing

FROZEN = "❄"
"""Stands beside the name of a frozen kernel."""


def add_freezing(menu: QMenu, freezing: Freezing, layer: int, kernel: int) -> None:
    """Two ticks at the end of `menu`: this kernel, this layer."""
    if not menu.isEmpty():
        menu.addSeparator()
    one = menu.addAction(_tr("Freeze this kernel"))
    one.setCheckable(True)
    one.setChecked(freezing.is_frozen(layer, kernel))
    one.setEnabled(not freezing.is_frozen(layer))
    one.setToolTip(_tr("Training leaves its weights and its bias as they are"))
    one.toggled.connect(partial(freezing.set_kernel, layer, kernel))
    whole = menu.addAction(_tr("Freeze this layer"))
    whole.setCheckable(True)
    whole.setChecked(freezing.is_frozen(layer))
    whole.setToolTip(_tr("Training leaves all kernels of this layer as they are"))
    whole.toggled.connect(partial(freezing.set_layer, layer))


def _tr(text: str) -> str:
    return QCoreApplication.translate("FreezeMenu", text)

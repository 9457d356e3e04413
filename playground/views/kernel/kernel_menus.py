"""What can be done to the selected kernels, as menus: presets, random numbers, operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QObject, QRandomGenerator, QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from playground.core.kernels.initializers import CHOICES, Choice
from playground.core.presets import PRESETS, Parameter, Preset
from playground.models.guard import Guarded
from playground.models.kernels.bank_changes import Gesture
from playground.models.kernels.kernel_edits import KernelEdits
from playground.views.widgets.popover import Apply, ParameterPopover, scale_popover
from playground.views.widgets.small_widgets import add_entries, add_entry, button

LARGEST_SEED = 9999
"""Four digits are easily read out in class, and give enough kernels to choose from."""
_WIDEST_SETTING = 10.0
"""Initializers keep their spread far below: ten shows what too large a one does."""


class KernelMenus(Guarded, QObject):
    """Builds the menus over `edits`; popovers open where `place` says, in global coordinates."""

    def __init__(self, edits: KernelEdits, place: Callable[[], QRect], parent: QWidget) -> None:
        super().__init__(parent)
        self._edits = edits
        self._place = place
        self._parent = parent
        self._seed = 0
        self.presets = self._preset_menu()
        self.random = self._random_menu()
        self.operations = self._operation_menu()

    def _preset_menu(self) -> QMenu:
        menu = QMenu(self._parent)
        for family, members in groupby(PRESETS, lambda preset: preset.family):
            presets = list(members)
            target = menu if len(presets) == 1 else menu.addMenu(family)
            for preset in presets:
                text = f"{preset.name}…" if preset.parameters else preset.name
                action = add_entry(target, text, preset.tip, partial(self._apply_preset, preset))
                menu.aboutToShow.connect(partial(self._tell, action, preset))
        menu.setToolTipsVisible(True)
        return menu

    def _tell(self, action: QAction, preset: Preset) -> None:
        tip = preset.tip
        if self._edits.turns and preset.turns:
            tip += "\n" + self.tr("Here the other way round: convolution turns the kernel by 180°.")
        action.setToolTip(tip)

    def _apply_preset(self, preset: Preset) -> None:
        if not preset.parameters:
            self._edits.apply_preset(preset.key)
            return

        def apply(values: dict[str, float], gesture: Gesture) -> None:
            self._edits.apply_preset(preset.key, gesture, **values)

        self._open(preset.name, preset.parameters, apply)

    def _random_menu(self) -> QMenu:
        menu = QMenu(self._parent)
        for choice in CHOICES:
            asks = choice.name != "zeros"
            text = f"{choice.label}…" if asks else choice.label
            add_entry(menu, text, choice.tip, partial(self._randomise, choice))
        menu.setToolTipsVisible(True)
        return menu

    def _randomise(self, choice: Choice) -> None:
        if choice.name == "zeros":
            self._edits.randomise("zeros", 0)
            return
        parameters = [
            Parameter(s.key, s.label, "float", s.default, -_WIDEST_SETTING, _WIDEST_SETTING)
            for s in choice.settings
        ]
        if choice.name != "constant":
            seed = Parameter("seed", self.tr("Seed"), "int", self._seed, 0, LARGEST_SEED)
            parameters.append(seed)

        def apply(values: dict[str, float], gesture: Gesture) -> None:
            self._seed = int(values.pop("seed", self._seed))
            self._edits.randomise(choice.name, self._seed, gesture, **values)

        popover = self._open(choice.label, parameters, apply)
        if "seed" in popover.rows:
            what = self.tr("other random numbers of the same kind")
            again = button(self.tr("New seed"), on_click=partial(_reseed, popover), what=what)
            popover.content.addWidget(again)
            popover.adjustSize()

    def _operation_menu(self) -> QMenu:
        menu, edits = QMenu(self._parent), self._edits
        entries = (
            (self.tr("Σ → 1"), self.tr("Divide by the sum: flat areas keep their brightness"),
             edits.normalise),
            (self.tr("Zero mean"), self.tr("Subtract the mean: flat areas become 0"),
             edits.zero_mean),
            (self.tr("Scale…"), self.tr("Multiply every weight by a factor"), self._scale),
            (self.tr("Negate"), self.tr("Turn every sign: what was bright becomes dark"),
             edits.negate),
            None,
            (self.tr("Flip left to right"), self.tr("Exchange left and right"),
             edits.flip_horizontal),
            (self.tr("Flip top to bottom"), self.tr("Exchange top and bottom"),
             edits.flip_vertical),
            (self.tr("Rotate 90°"), self.tr("Turn clockwise by a quarter"), edits.rotate90),
            (self.tr("Rotate 45°"), self.tr("Turn clockwise by an eighth, ring by ring"),
             edits.rotate45),
            (self.tr("Transpose"), self.tr("Exchange rows and columns"), edits.transpose),
        )  # fmt: skip
        add_entries(menu, entries)
        return menu

    def _scale(self) -> None:
        edits = self._edits
        scale_popover(self.tr("Scale"), edits.scale, edits, self._parent).open_at(self._place())

    def _open(
        self,
        title: str,
        parameters: Sequence[Parameter],
        apply: Apply,
    ) -> ParameterPopover:
        popover = ParameterPopover(title, parameters, apply, self._edits, self._parent)
        popover.open_at(self._place())
        return popover


def _reseed(popover: ParameterPopover) -> None:
    seed = QRandomGenerator.global_().bounded(LARGEST_SEED + 1)
    popover.rows["seed"].set_value(seed)

"""What there is to learn, by kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from playground.core.presets import FAMILIES, PRESETS
from playground.models.guard import Guarded
from playground.models.training.tasks.task_choice import (
    TaskChoice,
    TaskName,
    kernel_goal,
    preset_goal,
    random_goal,
)
from playground.models.workbench import Workbench
from playground.views.input.picture_menus import OpenDialog

_RESTORERS = (1, 2, 3, 4, 6, 8)
"""Kernels of the layer that restores a picture; one more joins their maps."""

Choose = Callable[[TaskChoice], object]

_SIDES = (32, 64, 128)


class TaskMenu(Guarded, QMenu):
    """One click and it is ready."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._seed = 0
        self._fill_copy()
        which = self.addMenu(self.tr("Which filter did this?"))
        for size in (3, 5, 7, 9, 11):
            text = self.tr("Two pictures, kernel {0} × {0}…").format(size)
            which.addAction(text, partial(self._ask_before, size))
        self.addSeparator()
        add_class_tasks(self, parent, bench.training.choose)
        self.addSeparator()
        self._fill_restore(self.tr("Denoise this picture"), "denoise")
        self._fill_restore(self.tr("Sharpen this picture again"), "deblur")

    def _fill_restore(self, title: str, name: TaskName) -> None:
        menu = self.addMenu(title)
        for count in _RESTORERS:
            text = self.tr("1 kernel") if count == 1 else self.tr("{} kernels").format(count)
            menu.addAction(text, partial(self._restore, name, count))

    def _restore(self, name: TaskName, kernels: int) -> None:
        self._bench.training.choose(TaskChoice(name, kernels=kernels))

    def _fill_copy(self) -> None:
        copy = self.addMenu(self.tr("Copy a filter"))
        copy.addAction(self.tr("The current kernel"), self._copy_current)
        copy.addAction(self.tr("A random kernel"), self._copy_random)
        copy.addSeparator()
        for family in FAMILIES:
            members = [preset for preset in PRESETS if preset.family == family]
            menu = copy.addMenu(family)
            for preset in members:
                menu.addAction(preset.name, partial(self._copy_preset, preset.key))

    def _copy_preset(self, key: str) -> None:
        goal = preset_goal(key, self._channels)
        self._bench.training.choose(TaskChoice("copy", goal=goal))

    def _copy_random(self) -> None:
        self._seed += 1
        goal = random_goal(self._channels, self._seed)
        self._bench.training.choose(TaskChoice("copy", seed=self._seed, goal=goal))

    def _copy_current(self) -> None:
        document = self._bench.document
        goal = kernel_goal(document.conv, document.selection.kernel)
        self._bench.training.choose(TaskChoice("copy", goal=goal))

    @property
    def _channels(self) -> int:
        picture = self._bench.document.picture
        return 1 if picture is None else picture.channels

    def _ask_before(self, size: int) -> None:
        dialog = self._dialog(self.tr("The picture before the filter"))
        dialog.chosen.connect(partial(self._ask_after, size))
        dialog.open()

    def _ask_after(self, size: int, before: Path) -> None:
        dialog = self._dialog(self.tr("The same picture after the filter"))
        dialog.chosen.connect(partial(self._take_pair, size, before))
        dialog.open()

    def _take_pair(self, size: int, before: Path, after: Path) -> None:
        self._bench.training.choose(TaskChoice.of_pair(before, after, size))

    def _dialog(self, title: str) -> OpenDialog:
        recent = self._bench.sources.recent
        dialog = OpenDialog(recent[0].parent if recent else Path.home(), self.window())
        dialog.setWindowTitle(title)
        return dialog


def add_class_tasks(menu: QMenu, opener: QWidget, choose: Choose) -> None:
    """Fill `menu`; `choose` is given the TaskChoice that was clicked in it.

    Dialogs belong to the window of `opener`.
    """
    names: tuple[tuple[TaskName, str], ...] = (
        ("digits", _tr("Classify digits")),
        ("clothes", _tr("Classify clothes")),
        ("shapes", _tr("Classify shapes")),
        ("lines", _tr("Classify lines by their direction")),
    )
    for name, text in names:
        menu.addAction(text, partial(choose, TaskChoice(name)))
    own = menu.addMenu(_tr("Classify my own pictures"))
    for side in _SIDES:
        for colour, words in ((False, _tr("grey")), (True, _tr("in colour"))):
            text = _tr("Folder, {0} × {0} pixels, {1}…").format(side, words)
            own.addAction(text, partial(_ask_folder, opener, choose, side, colour))


def _ask_folder(opener: QWidget, choose: Choose, side: int, colour: bool) -> None:
    dialog = QFileDialog(opener.window(), _tr("A folder with one folder for each class"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)

    def take(folder: str) -> None:
        choose(TaskChoice("own", folder=Path(folder), side=side, colour=colour))

    dialog.fileSelected.connect(take)
    dialog.open()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClassTasks", text)

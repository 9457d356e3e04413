"""The tasks with classes as entries of a menu: shipped ones, and folders of one's own pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from playground.models.training.tasks.task_choice import TaskChoice, TaskName

Choose = Callable[[TaskChoice], object]

_SIDES = (32, 64, 128)


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

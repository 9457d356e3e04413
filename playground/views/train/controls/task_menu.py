"""What there is to learn, by kind: menus made of what each kind of task offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from playground.models.guard import Guarded
from playground.models.state.view_settings import ViewSettings
from playground.models.training.tasks.task_choice import Ask, Offer, TaskChoice
from playground.models.training.tasks.task_choices import TASK_CHOICES
from playground.models.workbench import Workbench
from playground.views.input.open_dialog import open_dialog
from playground.views.widgets.file_dialogs import file_dialog

Choose = Callable[[TaskChoice], object]


class TaskMenu(Guarded, QMenu):
    """One click and it is ready."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        for _, kinds in groupby(TASK_CHOICES, lambda kind: kind.section):
            if not self.isEmpty():
                self.addSeparator()
            add_offers(self, kinds, bench, parent, bench.training.choose)


def add_class_tasks(menu: QMenu, bench: Workbench, opener: QWidget, choose: Choose) -> None:
    """Fill `menu` with the tasks that tell classes apart; the rest as `add_offers`."""
    kinds = (kind for kind in TASK_CHOICES if kind.section == "classes")
    add_offers(menu, kinds, bench, opener, choose)


def add_offers(
    menu: QMenu,
    kinds: Iterable[type[TaskChoice]],
    bench: Workbench,
    opener: QWidget,
    choose: Choose,
) -> None:
    """Fill `menu`; `choose` is given the TaskChoice that was clicked in it.

    Dialogs belong to the window of `opener`.
    """
    menus: dict[tuple[str, ...], QMenu] = {(): menu}
    for offer in (each for kind in kinds for each in kind.offers()):
        if offer.apart:
            menus[offer.path[:1]].addSeparator()
        for depth in range(1, len(offer.path)):
            path = offer.path[:depth]
            if path not in menus:
                menus[path] = menus[path[:-1]].addMenu(path[-1])
        chosen = partial(_ask, offer, bench, opener, choose)
        menus[offer.path[:-1]].addAction(offer.path[-1], chosen)


def _ask(
    offer: Offer, bench: Workbench, opener: QWidget, choose: Choose, *answers: str | Path
) -> None:
    """Ask what is still to be asked, one dialog after the other, then choose."""
    if len(answers) == len(offer.asks):
        choose(offer.make(bench.document, *map(Path, answers)))
        return
    dialog = _dialog(offer.asks[len(answers)], bench.settings, opener.window())
    dialog.fileSelected.connect(partial(_ask, offer, bench, opener, choose, *answers))
    dialog.open()


def _dialog(ask: Ask, settings: ViewSettings, window: QWidget) -> QFileDialog:
    """A dialog for what is asked; its fileSelected says what was chosen."""
    if not ask.folder:
        return open_dialog(settings, window, ask.title)
    kind = QFileDialog.FileMode.Directory
    dialog = file_dialog(settings, "pictures to learn", window, ask.title, kind)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog

"""What can be asked for while a class is presented to: the rows of the table of actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from playground.models.state.presenting import PRESENTED, Presented
from playground.models.workbench import Workbench
from playground.views.present.key_line import Key
from playground.views.window.action_table import ActionRow, ActionTable


def _tr(text: str) -> str:
    return QCoreApplication.translate("PresentActions", text)


def _views() -> dict[Presented, tuple[str, str]]:
    """The name of each view, and what it shows."""
    return {
        "equation": (_tr("Grid and map"), _tr("Picture, weights and feature map, large")),
        "map": (_tr("One map"), _tr("The current kernel's map as large as the screen")),
        "arithmetic": (_tr("Arithmetic"), _tr("One output value as a sum, part by part")),
        "why": (_tr("Why"), _tr("What moves the weight that was clicked")),
        "classes": (_tr("Classes"), _tr("Who is taken for whom, and what the picture is")),
        "curve": (_tr("Curve"), _tr("Loss or accuracy over the steps")),
        "kernels": (_tr("Kernels"), _tr("All kernels, each with its map")),
    }


def add_present_actions(
    table: ActionTable, bench: Workbench, begin: Callable[[], None], owner: QWidget
) -> None:
    """The rows "present.…"; their keys work in `owner`, a choice of a view begins to present."""
    presenting = bench.presenting

    def show(view: Presented) -> None:
        presenting.show(view)
        begin()

    views = _views()
    for number, view in enumerate(PRESENTED, 1):
        name, what = views[view]
        row = ActionRow(f"present.{view}", name, what, partial(show, view), (str(number),))
        table.add(row, owner=owner)
    table.add(
        ActionRow(
            "present.both", _tr("Two views"), _tr("The view before and this one together, or one"),
            presenting.toggle_both, ("B",),
        ),
        ActionRow(
            "present.play", _tr("Play or pause"),
            _tr("Slide the kernel over the picture; in Train, train"), partial(_play, bench),
            ("Space",),
        ),
        ActionRow(
            "present.pen", _tr("Pen"), _tr("Draw over the screen, or put the pen down"),
            presenting.toggle_pen, ("P",),
        ),
        ActionRow(
            "present.clear", _tr("Clear"), _tr("Wipe off what was drawn"), presenting.clear, ("C",),
        ),
        ActionRow(
            "present.highlight", _tr("Mark the pointer"),
            _tr("A ring around the pointer for the back row, or none"),
            presenting.toggle_highlight, ("H",),
        ),
        ActionRow(
            "present.tools", _tr("Tools"),
            _tr("Bars and chips; they also come when the pointer reaches the upper edge"),
            presenting.toggle_tools, ("T",),
        ),
        owner=owner,
    )  # fmt: skip


def key_line(table: ActionTable) -> list[Key]:
    """What the line of keys says."""
    keys = [
        Key(table[f"present.{view}"], str(number), table[f"present.{view}"].text())
        for number, view in enumerate(PRESENTED, 1)
    ]
    return [
        *keys,
        Key(table["present.both"], "B", _tr("Both")),
        Key(table["present.pen"], "P", _tr("Pen")),
        Key(table["present.tools"], "T", _tr("Tools")),
        Key(table["present.play"], _tr("Space"), _tr("Play")),
        Key(table["view.present"], "Esc", _tr("Back")),
    ]


def _play(bench: Workbench) -> None:
    (bench.training if bench.settings.mode == "train" else bench.player).toggle()

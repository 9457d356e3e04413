"""What the window can be asked for: the rows of its table of actions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

from playground import __version__
from playground.models.workbench import Workbench
from playground.views.bank.bank_panel import BankPanel
from playground.views.maps.map_gallery import MapGallery
from playground.views.window.action_table import ActionRow, ActionTable
from playground.views.window.history_card import HistoryCard
from playground.views.window.key_sheet import KeySheet
from playground.views.window.top_bar import TopBar

_STANDARD = QKeySequence.StandardKey
_ROLE = QAction.MenuRole


def window_actions(
    window: QWidget, bench: Workbench, top_bar: TopBar, bank: BankPanel, maps: MapGallery
) -> ActionTable:
    """The table of all actions of `window`, in which these parts stand."""
    table = ActionTable(window)
    table.add(*_file(window, top_bar))
    table.adopt("edit.undo", top_bar.undo.action)
    table.adopt("edit.redo", top_bar.redo.action)
    table.add(
        ActionRow(
            "edit.history",
            window.tr("History…"),
            window.tr("All that was done, to go back to any of it"),
            partial(_show_history, bench, top_bar.undo),
            ("Ctrl+H",),
        )
    )
    table.add(*_kernel(window, bank), *_training(window, bench))
    own = table["train.own"]
    own.setEnabled(bench.own_kernels.there)
    bench.own_kernels.changed.connect(own.setEnabled)
    table.add(*_view(window, bench, top_bar, maps), *_help(window, table))
    return table


def _file(window: QWidget, top_bar: TopBar) -> list[ActionRow]:
    tr, pictures = window.tr, top_bar.pictures
    return [
        ActionRow(
            "file.open", tr("Open picture…"), tr("Open a picture from this computer"),
            pictures.open, (_STANDARD.Open,),
        ),
        ActionRow(
            "file.samples", tr("Samples…"), tr("Pictures that come with the app"),
            pictures.show_samples,
        ),
        # A focused weight grid takes Ctrl+V for numbers; the longer keys always mean a picture.
        ActionRow(
            "file.paste", tr("Paste picture"),
            tr("Paste a picture or a picture file from the clipboard"),
            pictures.paste, ("Ctrl+Shift+V", _STANDARD.Paste),
        ),
        ActionRow(
            "file.quit", tr("Quit"), tr("Close the window"), window.close, (_STANDARD.Quit,),
            _ROLE.QuitRole,
        ),
    ]  # fmt: skip


def _kernel(window: QWidget, bank: BankPanel) -> list[ActionRow]:
    tr, edits = window.tr, bank.edits
    return [
        ActionRow(
            "kernel.add", tr("Add a kernel"),
            tr("One that leaves the picture as it is, to start from"), edits.add,
        ),
        ActionRow(
            "kernel.duplicate", tr("Duplicate"), tr("Duplicate the selected kernels"),
            edits.duplicate,
        ),
        ActionRow(
            "kernel.remove", tr("Remove"), tr("Remove the selected kernels"), edits.remove,
        ),
    ]  # fmt: skip


def _training(window: QWidget, bench: Workbench) -> list[ActionRow]:
    tr, training = window.tr, bench.training
    return [
        ActionRow(
            "train.toggle", tr("Train or pause"), tr("Begin or stop changing the weights"),
            training.toggle, (Qt.Key.Key_Space,),
        ),
        ActionRow(
            "train.step", tr("One step"), tr("Learn from one batch, one change of all weights"),
            training.step_once,
        ),
        ActionRow(
            "train.epoch", tr("One epoch"),
            tr("Learn to the end of this pass over all examples"), training.epoch_once,
        ),
        ActionRow(
            "train.slow", tr("Slow motion"),
            tr("One step, layer by layer: each press goes on"), bench.slow.advance, (Qt.Key.Key_S,),
        ),
        ActionRow(
            "train.again", tr("Start over"),
            tr("The same task from the same fresh weights"), training.reset,
        ),
        ActionRow(
            "train.reseed", tr("New weights"), tr("Start over with the next seed"),
            partial(training.reset, new_seed=True),
        ),
        ActionRow(
            "train.own", tr("My own kernels"),
            tr("End the task, and bring back the kernels and layers from before it"),
            bench.own_kernels.bring_back,
        ),
    ]  # fmt: skip


def _view(window: QWidget, bench: Workbench, top_bar: TopBar, maps: MapGallery) -> list[ActionRow]:
    tr, settings = window.tr, bench.settings
    return [
        ActionRow(
            "view.explore", tr("Explore"), tr("Change the weights by hand"),
            partial(settings.set_mode, "explore"), ("Ctrl+1",),
        ),
        ActionRow(
            "view.train", tr("Train"), tr("Let the network change its weights"),
            partial(settings.set_mode, "train"), ("Ctrl+2",),
        ),
        ActionRow(
            "view.present", tr("Present"), tr("Full screen, with text for the back row, and back"),
            top_bar.present.toggle, (Qt.Key.Key_F11,),
        ),
        # On many keyboards + needs Shift, which then counts as pressed; = is the same key.
        ActionRow(
            "view.larger", tr("Larger text"), tr("Make all text larger"),
            partial(settings.change_text, 1), (_STANDARD.ZoomIn, "Ctrl+="),
        ),
        ActionRow(
            "view.smaller", tr("Smaller text"), tr("Make all text smaller"),
            partial(settings.change_text, -1), (_STANDARD.ZoomOut,),
        ),
        ActionRow(
            "view.usual", tr("Text in its usual size"), tr("Give all text its usual size again"),
            partial(settings.change_text, 0), ("Ctrl+0",),
        ),
        ActionRow(
            "view.player", tr("Build the map up"),
            tr("At the feature maps: build the map up value by value, or stop"),
            bench.player.toggle, (Qt.Key.Key_P,), owner=maps,
        ),
    ]  # fmt: skip


def _help(window: QWidget, table: ActionTable) -> list[ActionRow]:
    tr = window.tr
    return [
        ActionRow(
            "help.keys", tr("Keys and signs"), tr("All keys, and what the signs on buttons mean"),
            partial(_show_keys, table, window), ("F1", "?"),
        ),
        ActionRow(
            "help.about", tr("About Filter Playground"),
            tr("Which version this is: {}").format(__version__), partial(_show_about, window),
            role=_ROLE.AboutRole,
        ),
    ]  # fmt: skip


def _show_history(bench: Workbench, opener: QWidget) -> None:
    """Open the history below the button that undoes."""
    HistoryCard(bench.document.undo_stack, opener).open_below(opener)


def _show_keys(table: ActionTable, window: QWidget) -> None:
    """Open the sheet of keys, or bring it to the front."""
    sheet = window.findChild(KeySheet) or KeySheet(table, window)
    sheet.show()
    sheet.raise_()


def _show_about(window: QWidget) -> None:
    """Say which program this is."""
    words = window.tr(
        "Filter Playground {}: see that the filters of a convolutional network are its weights."
    )
    about = QMessageBox(window)
    about.setWindowTitle(window.tr("About Filter Playground"))
    about.setText(words.format(__version__))
    about.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    about.open()

"""Saving and copying the current map, from the menu and by the keys."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from tests.views.laboratory import key


def test_copy_puts_the_map_on_the_clipboard_as_it_is_seen(lab, gallery, qtbot):
    QGuiApplication.clipboard().clear()
    lab.selection.set_kernel(3)
    gallery.view.setFocus()
    with qtbot.waitSignal(gallery.menu.export.copied):
        key(gallery.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (40, 30)
    values, level = lab.map_values(3), lab.preview.maps[3].level
    colour = image.pixelColor(7, 5)
    wanted = lab.colour_of(values[5, 7], level)
    drawn = np.array([colour.red(), colour.green(), colour.blue()])
    assert np.abs(drawn - wanted).max() <= 2
    assert "clipboard" in gallery.numbers.text()


def test_save_asks_for_a_file_name_without_stopping_the_window(lab, gallery, qtbot, tmp_path):
    gallery.menu.save_values.trigger()
    dialog = gallery.findChild(QFileDialog)
    target = tmp_path / "map.npy"
    assert dialog.isVisible()
    assert "map-0-sobel-x.npy" in dialog.selectedFiles()[0]
    with qtbot.waitSignal(gallery.menu.export.saved):
        dialog.fileSelected.emit(str(target))
    dialog.close()
    np.testing.assert_allclose(np.load(target), lab.map_values(0), atol=1e-6)


def test_without_focus_on_the_maps_the_copy_keys_are_left_to_others(lab, gallery, qtbot):
    gallery.controls.fit.setFocus()
    with qtbot.assertNotEmitted(gallery.menu.export.copied, wait=50):
        key(gallery.controls.fit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

"""Pictures in: opened, chosen, pasted, dropped and drawn, good and bad; colour and working size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.models.pictures.sample_model import KEY_ROLE
from playground.views.input.picture_menus import PictureMenus
from playground.views.input.sample_gallery import SampleGallery
from tests.driver.action import CONTROL, KEY, LEFT, SHIFT, Group, action
from tests.views.hand import Hand

SMALL = ["bright-pixel", "checkerboard", "step-edges", "disc", "colours"]
"""Samples whose maps are soon there."""


class Pictures(Group):
    """Every way to the network's input."""

    def buttons(self):
        """Open, samples, recent ones and paste."""
        return self.window.findChild(PictureMenus).buttons()

    def any_file(self) -> Path:
        """A picture, or now and then something that is none."""
        material = self.stage.material
        return self.random.choice(material.bad if self.random.random() < 0.3 else material.good)

    @action(0.15)
    def open_a_picture(self):
        self.press(self.window, KEY.Key_O, CONTROL)
        self.stage.answer_dialog([self.any_file()])
        self.settle()

    @action(0.3)
    def choose_a_sample(self):
        key = self.random.choice(SMALL)
        gallery = self.gallery()
        rows = range(gallery.list.model().rowCount())
        entries = [gallery.list.model().index(row) for row in rows]
        gallery.list.activated.emit(next(one for one in entries if one.data(KEY_ROLE) == key))
        self.settle()

    @action(0.2, changes="")
    def look_at_the_samples(self):
        QTest.keyClick(self.gallery().list, self.random.choice([KEY.Key_Down, KEY.Key_Up]))
        self.stage.close_what_is_open()

    def gallery(self) -> SampleGallery:
        self.click(self.buttons()[1])
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, SampleGallery)
        return popup

    @action(0.3)
    def open_a_recent_one(self):
        menu = self.buttons()[2].menu()
        menu.aboutToShow.emit()
        self.trigger(menu)

    @action(0.2)
    def open_the_menu_of_recent_ones(self):
        self.open_menu(self.buttons()[2])

    @action(0.5)
    def paste_a_picture(self):
        QGuiApplication.clipboard().setMimeData(self.data())
        if self.random.random() < 0.5:
            self.click(self.buttons()[3])
        else:
            self.press(self.window, KEY.Key_V, CONTROL | SHIFT)
        self.settle()

    @action(0.5)
    def drop_a_picture(self):
        data, place = self.data(), self.point_in(self.window)
        copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, copy, data, LEFT, none)
        QApplication.sendEvent(self.window, enter)
        if enter.isAccepted():
            event = QDropEvent(QPointF(place), copy, data, LEFT, none)
            QApplication.sendEvent(self.window, event)
        self.settle()

    def data(self) -> QMimeData:
        """What may lie on a clipboard."""
        data = QMimeData()
        match self.random.randrange(5):
            case 0:
                data.setUrls([QUrl("https://example.org/picture.png")])
            case 1:
                data.setText(self.random.choice([str(self.any_file()), "words", ""]))
            case 2:
                image = QImage(30, 20, QImage.Format.Format_RGB32)
                image.fill(self.random.choice([Qt.GlobalColor.red, Qt.GlobalColor.white]))
                data.setImageData(image)
            case _:
                data.setUrls([QUrl.fromLocalFile(str(self.any_file()))])
        return data

    @action(0.6)
    def choose_grey_or_colour(self):
        bar = self.window.input.bar
        self.click(self.random.choice([bar.grey, bar.rgb]))
        self.settle()

    @action(0.2)
    def choose_a_working_size(self):
        self.choose(self.window.input.bar.working)
        self.settle()

    @action(0.3, changes="view")
    def show_or_hide_the_pad(self):
        self.click(self.window.input.bar.draw)

    @action(0.8)
    def draw_on_the_pad(self):
        canvas = self.window.input.pad.canvas
        if not canvas.isVisible():
            return
        hand = Hand(canvas)
        hand.press(self.point_in(canvas))
        for _ in range(2):
            hand.move(self.random.randrange(-30, 30), self.random.randrange(-30, 30))
        hand.release()

    @action(0.4)
    def use_the_tools_of_the_pad(self):
        pad = self.window.input.pad
        if self.random.random() < 0.3:
            self.choose(pad.sizes)
        else:
            self.click(self.random.choice([pad.pencil, pad.eraser, pad.wipe]))

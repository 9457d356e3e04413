"""Pages in a stack ask for room only while they are seen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from playground.views.window.page_stack import PageStack


class Page(QWidget):
    """Asks for so many pixels of height."""

    def __init__(self, height):
        super().__init__()
        self._size = QSize(50, height)

    def sizeHint(self):
        return self._size

    def minimumSizeHint(self):
        return self._size


def test_a_hidden_page_asks_for_no_room(qtbot):
    stack, low, high = PageStack(), Page(40), Page(200)
    qtbot.addWidget(stack)
    for page in (low, high):
        stack.addWidget(page)
    assert stack.minimumSizeHint().height() == stack.sizeHint().height() == 40
    stack.setCurrentWidget(high)
    assert stack.minimumSizeHint().height() == stack.sizeHint().height() == 200

"""A quiet label says as much as there is room for, and asks for no other."""

import pytest

from playground.models.state.view_settings import ViewSettings
from playground.views.theme.theming import Theming
from playground.views.widgets.quiet_label import QuietLabel

LONG, SHORT = "receptive field: rows 10 to 12, columns 20 to 22", "rows 10 to 12"


@pytest.fixture
def label(qtbot):
    label = QuietLabel(Theming(ViewSettings()))
    qtbot.addWidget(label)
    label.show()
    return label


def fit(label, text):
    """Make the label just wide enough for `text`."""
    label.resize(label.fontMetrics().horizontalAdvance(text) + 5, label.height())


def test_the_shorter_way_is_taken_where_there_is_no_room(label):
    label.setText(LONG, SHORT)
    fit(label, LONG)
    assert label.shown_text() == LONG
    fit(label, SHORT)
    assert label.shown_text() == SHORT
    assert label.text() == label.accessibleName() == LONG


def test_a_longer_text_never_asks_for_another_size(label):
    label.setText("short")
    before = label.sizeHint(), label.minimumSizeHint()
    label.setText(20 * LONG)
    assert (label.sizeHint(), label.minimumSizeHint()) == before


def test_every_line_takes_its_height(label):
    one = label.sizeHint().height()
    label.set_lines(2)
    assert label.sizeHint().height() == one + label.fontMetrics().lineSpacing()


def test_another_text_is_painted(label):
    fit(label, LONG)
    label.setText(SHORT)
    before = label.grab().toImage()
    label.setText(LONG)
    assert label.grab().toImage() != before

"""What tests of the input share."""

import pytest

from playground.views.input.input_view import InputView
from tests.views.input.canvas_hand import settle


@pytest.fixture
def show(laboratory):
    """Shows an input view on a picture; returns it with its laboratory."""

    def make(picture="noise", width=420, height=420):
        lab = laboratory(picture)
        view = lab.show(InputView, width, height)
        lab.preview.set_target((0,), 400)
        settle(lab, view)
        return lab, view

    return make

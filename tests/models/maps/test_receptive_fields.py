"""What outputs and weights see of the picture, held against one field after the other."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core.convolve.geometry import receptive_field
from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import Conv2DSpec, NetworkSpec, Pool2DSpec
from playground.models.maps.receptive_fields import ReceptiveFields
from playground.models.state.document import Document


class Maps:
    """Stands for a preview of which only the maps' size is asked."""

    map_size = (15, 20)


@pytest.fixture
def document(qapp):
    second = Conv2DSpec(np.ones((3, 3, 12, 2)), np.zeros(2), ("a", "b"), padding="same")
    layers = (starter_bank(1), Pool2DSpec(), second)
    picture = Picture(np.zeros((30, 40, 1), np.float32), "dark", (40, 30))
    return Document(Session(picture, NetworkSpec(layers)))


@pytest.fixture
def fields(document):
    return ReceptiveFields(document, Maps())


def change(document, **settings):
    document.change_conv("Set", replace(document.conv, **settings))


def test_nothing_is_seen_where_no_pixel_and_no_weight_is_pointed_at(fields):
    assert fields.field() is None
    assert fields.reach() is None


def test_the_field_is_that_of_the_pixel_that_is_pointed_at(document, fields):
    document.selection.set_pixel((7, 9))
    assert fields.field() == receptive_field(7, 9, (30, 40), document.conv, pool=2)
    document.selection.set_pixel((15, 9))
    assert fields.field() is None, "the map has 15 rows"


def test_a_place_belongs_to_the_output_whose_field_has_its_middle_nearest(document, fields):
    change(document, dilation=2, padding=2)
    for place in ((0.5, 0.5), (13.2, 22.9), (29.9, 39.9)):
        found = fields.output_at(*place)

        def distance(pixel, place=place):
            field = receptive_field(*pixel, (30, 40), document.conv, pool=2)
            middle = field.top + field.height / 2, field.left + field.width / 2
            return np.hypot(middle[0] - place[0], middle[1] - place[1])

        outputs = [(row, column) for row in range(15) for column in range(20)]
        assert distance(found) == pytest.approx(min(distance(pixel) for pixel in outputs))


def test_a_field_overhangs_by_its_padding_and_a_deep_one_by_that_of_all_layers(document, fields):
    assert fields.overhang() == 1
    change(document, padding=(0, 0, 4, 2))
    assert fields.overhang() == 4
    change(document, padding="same")
    document.selection.set_layer(2)
    first = receptive_field(0, 0, (30, 40), document.network.layers[0])
    assert fields.overhang() == 2 - first.top, "one output of the pooled map is two pixels wide"


def test_a_weight_of_a_deep_layer_touches_no_pixel_itself(document, fields):
    document.selection.set_weight((0, 0))
    assert fields.reach() is not None
    document.selection.set_layer(2)
    document.selection.set_weight((0, 0))
    assert fields.reach() is None


def test_a_kernel_that_does_not_fit_sees_nothing(document, fields):
    document.selection.set_weight((0, 0))
    document.selection.set_pixel((0, 0))
    change(document, padding="valid", dilation=20)
    assert fields.reach() is None
    assert fields.field() is None
    assert fields.output_at(3, 3) is None


def test_only_what_moves_the_fields_is_said_to_move_them(document, fields):
    moved = []
    document.network_changed.connect(lambda each: moved.append(fields.moved_by(each)))
    change(document, kernel=document.conv.kernel + 1)
    change(document, stride=2)
    assert moved == [False, True]

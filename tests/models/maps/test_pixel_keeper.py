"""The output pixel stays where it is in the picture when the layer changes."""

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import Conv2DSpec, FlattenSpec, NetworkSpec, Pool2DSpec
from playground.models.maps.pixel_keeper import PixelKeeper
from playground.models.state.document import Document


@pytest.fixture
def document(qapp):
    second = Conv2DSpec(np.ones((3, 3, 12, 2)), np.zeros(2), ("a", "b"))
    third = Conv2DSpec(np.ones((3, 3, 2, 2)), np.zeros(2), ("a", "b"))
    layers = (starter_bank(1), Pool2DSpec(), second, Pool2DSpec(), FlattenSpec(), third)
    picture = Picture(np.zeros((40, 60, 1), np.float32), "dark", (60, 40))
    document = Document(Session(picture, NetworkSpec(layers)))
    document.keeper = PixelKeeper(document)
    return document


def test_the_pixel_moves_with_the_size_of_the_maps(document):
    selection = document.selection
    selection.set_pixel((19, 29))
    selection.set_layer(2)
    assert selection.pixel == (9, 14)
    selection.set_layer(0)
    assert selection.pixel == (18, 28)


def test_sizes_that_change_in_between_are_noted(document):
    selection = document.selection
    document.change_network("Pool", document.network.with_layer(1, Pool2DSpec("max", 4)))
    selection.set_pixel((9, 14))
    selection.set_layer(2)
    assert selection.pixel == (4, 6)


def test_without_maps_the_pixel_stays(document):
    selection = document.selection
    selection.set_pixel((3, 4))
    selection.set_layer(5)
    assert selection.pixel == (3, 4)

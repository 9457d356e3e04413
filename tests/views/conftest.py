"""What tests of views share."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from playground.views.maps.map_gallery import MapGallery
from tests.views.laboratory import Laboratory, noise
from tests.views.present.before_class import Stage


@pytest.fixture(params=["de_DE", "fr_FR", "C", "en_US"])
def locale(request):
    """Another country's way to write numbers, for all that is made in the test."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield QLocale()
    QLocale.setDefault(before)


@pytest.fixture
def laboratory(qtbot):
    """Makes laboratories, and ends their workers; called with a picture, or 30 × 40 of noise."""
    made = []

    def make(picture="noise"):
        made.append(Laboratory(qtbot, noise(30, 40) if picture == "noise" else picture))
        return made[-1]

    yield make
    for lab in made:
        lab.preview.close()


@pytest.fixture
def lab(laboratory):
    """A laboratory with a grey picture of 30 × 40 pixels of noise."""
    return laboratory()


@pytest.fixture
def gallery(lab):
    """The gallery of that laboratory."""
    return lab.show(MapGallery)


@pytest.fixture
def stage(qtbot):
    """A whole window with a picture, that can present."""
    stage = Stage(qtbot)
    yield stage
    stage.window.top_bar.present.setChecked(False)
    stage.bench.close()
    QApplication.instance().setStyleSheet("")

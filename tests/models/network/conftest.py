"""A document and the chips of its network, for the tests of both."""

import numpy as np
import pytest
from PySide6.QtTest import QAbstractItemModelTester

from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import ActivationSpec, Conv2DSpec, NetworkSpec, Pool2DSpec
from playground.models.network.strip_model import StripModel, StripRole
from playground.models.state.document import Document


def picture(height, width, channels=1):
    pixels = np.zeros((height, width, channels), np.float32)
    colour = "grey" if channels == 1 else "rgb"
    return Picture(pixels, "dark.png", (width, height), colour=colour)


def deep_network():
    """Two blocks: 12 kernels over grey, then 16 over the 12 maps."""
    second = Conv2DSpec(np.zeros((3, 3, 12, 16)), np.zeros(16), ("k",) * 16)
    return NetworkSpec(
        (starter_bank(1), ActivationSpec(), Pool2DSpec("max", 2), second, ActivationSpec("tanh"))
    )


class Bench:
    """A document, its strip under the tester's eye, and what the model has told."""

    def __init__(self, network=None, shown="picture"):
        network = network or NetworkSpec((starter_bank(1), ActivationSpec(), Pool2DSpec()))
        shown = picture(300, 450) if shown == "picture" else shown
        self.document = Document(Session(shown, network))
        self.model = StripModel(self.document)
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.told = []
        tell = self.told.append
        self.model.rowsInserted.connect(lambda _p, first, last: tell(("inserted", first, last)))
        self.model.rowsRemoved.connect(lambda _p, first, last: tell(("removed", first, last)))
        self.model.dataChanged.connect(lambda a, b: tell(("changed", a.row(), b.row())))

    @property
    def chips(self):
        rows = map(self.model.index, range(self.model.rowCount()))
        return [f"{index.data()} / {index.data(StripRole.DETAIL)}" for index in rows]

    def ask(self, row, role):
        return self.model.index(row).data(role)


@pytest.fixture
def bench(qapp):
    return Bench()

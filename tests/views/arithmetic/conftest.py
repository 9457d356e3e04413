"""What tests of the arithmetic share."""

import pytest

from tests.views.arithmetic.desk import Desk
from tests.views.laboratory import noise


@pytest.fixture
def desks(laboratory):
    """Makes desks on a picture of so many channels."""
    made = []

    def make(channels=1, **size):
        made.append(Desk(laboratory(noise(20, 24, channels)), **size))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(desks) -> Desk:
    return desks()

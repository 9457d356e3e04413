"""What the command line asks for is a value that leaves to the app what nobody chose."""

from dataclasses import FrozenInstanceError

import pytest

from playground.options import LARGEST, LOG_LEVELS, SMALLEST, THEMES, Options


def test_nothing_chosen_is_left_to_the_app():
    options = Options()
    assert options.image is options.screenshot is options.size is options.theme is None
    assert options.log_level in LOG_LEVELS


def test_it_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Options().theme = "dark"


def test_the_choices_are_those_that_there_are():
    assert set(THEMES) == {"light", "dark"}
    assert all(small < large for small, large in zip(SMALLEST, LARGEST, strict=True))

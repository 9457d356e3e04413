"""What a user did wrong is one type of exception, which says it in a sentence."""

import pytest

from playground.core import Network, layers
from playground.core.errors import ImpossibleLayerError, PlaygroundError


def test_they_are_value_errors_whose_text_is_the_sentence():
    assert issubclass(PlaygroundError, ValueError)
    assert str(PlaygroundError("Choose a smaller kernel.")) == "Choose a smaller kernel."


def test_a_layer_that_does_not_fit_says_which_it_is():
    with pytest.raises(ImpossibleLayerError) as caught:
        Network([layers.ReLU(), layers.MaxPool2D(9)], (5, 5, 1))
    assert caught.value.index == 1
    assert "9 × 9" in str(caught.value)

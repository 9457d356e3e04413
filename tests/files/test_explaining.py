"""An exception becomes a sentence, and what the sentence is not about passes as it is."""

import pytest

from playground.core.errors import PlaygroundError
from playground.files.explaining import Explaining


def explanation(error: BaseException) -> PlaygroundError | None:
    return PlaygroundError("The disk is full.") if isinstance(error, OSError) else None


def test_what_is_explained_is_raised_with_its_cause():
    with (
        pytest.raises(PlaygroundError, match="The disk is full") as caught,
        Explaining(explanation),
    ):
        raise OSError(28, "No space left on device")
    assert isinstance(caught.value.__cause__, OSError)


def test_everything_else_passes():
    with pytest.raises(KeyError), Explaining(explanation):
        raise KeyError
    with Explaining(explanation):
        pass

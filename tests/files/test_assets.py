"""Where the shipped data are."""

from __future__ import annotations

import pytest

from playground.files.assets import asset_path


def test_a_missing_asset_is_a_fault_of_the_installation():
    with pytest.raises(FileNotFoundError, match="samples/none"):
        asset_path("samples", "none")

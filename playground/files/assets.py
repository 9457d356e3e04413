"""The one place that knows where the shipped data are.

In a checkout `assets/` lies beside the package; a wheel carries it inside the package.
"""

from __future__ import annotations

from pathlib import Path

import playground

_PACKAGE = Path(playground.__file__).resolve().parent
_PLACES = (_PACKAGE / "assets", _PACKAGE.parent / "assets")


def asset_path(*parts: str) -> Path:
    """The path of assets/part/part…, in a checkout as in an installed wheel.

    Raises FileNotFoundError, an installation fault rather than a user's, when there is none.
    """
    for place in _PLACES:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"asset {'/'.join(parts)} is not installed")

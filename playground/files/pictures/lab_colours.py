"""CIE L*a*b* (D50, as in TIFF and ICC files) to sRGB, by the formulas of CIE 15 and IEC 61966-2-1.

f_y = (L + 16) / 116,  f_x = f_y + a / 500,  f_z = f_y − b / 200;  t = f³, or (f − 16/116) / 7.787
where f ≤ 6/29. XYZ = t · white, then a 3 × 3 matrix to linear RGB, then sRGB's curve.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_WHITE_D50 = np.array([0.9642, 1.0, 0.8249], np.float32)
_XYZ_D50_TO_RGB = np.array(
    [
        [3.1338561, -1.6168667, -0.4906146],
        [-0.9787684, 1.9161415, 0.0334540],
        [0.0719453, -0.2289914, 1.4052427],
    ],
    np.float32,
)
"""Bradford-adapted, from Bruce Lindbloom's table of RGB/XYZ matrices."""


def lab_to_rgb(lab: NDArray[Any]) -> NDArray[np.float32]:
    """(h, w, 3) bytes, L in 0…255 and a, b as two's complement, to float32 sRGB in [0, 1]."""
    lightness = lab[:, :, 0].astype(np.float32) * np.float32(100 / 255)
    a, b = (lab[:, :, channel].view(np.int8).astype(np.float32) for channel in (1, 2))
    fy = (lightness + 16) / 116
    f = np.stack([fy + a / 500, fy, fy - b / 200], axis=-1)
    ratio = np.where(f > 6 / 29, f**3, (f - np.float32(16 / 116)) / np.float32(7.787))
    linear = np.clip((ratio * _WHITE_D50) @ _XYZ_D50_TO_RGB.T, 0, 1)
    curve = 1.055 * linear ** np.float32(1 / 2.4) - 0.055
    rgb: NDArray[np.float32] = np.where(linear <= 0.0031308, 12.92 * linear, curve)
    return rgb.astype(np.float32, copy=False)

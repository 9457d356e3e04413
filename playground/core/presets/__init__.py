"""Well-known 2-D kernels by family, the menu that lists them, and the bank to start with.

>>> build_preset("sobel_x")
array([[-1.,  0.,  1.],
       [-2.,  0.,  2.],
       [-1.,  0.,  1.]], dtype=float32)
"""

from playground.core.kernels.kernel_ops import spread
from playground.core.presets.menu import (
    FAMILIES,
    PRESETS,
    Parameter,
    Preset,
    build_preset,
    find_preset,
    starter_bank,
)

__all__ = [
    "FAMILIES",
    "PRESETS",
    "Parameter",
    "Preset",
    "build_preset",
    "find_preset",
    "spread",
    "starter_bank",
]

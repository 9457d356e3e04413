"""Which filter turns one picture into the other: given a picture before and after, find its kernel.

"fit" finds the kernel that comes nearest and judges whether any filter did this at all; the other
modules tell what is left over: rounding, JPEG, or something that no filter does.
"""

from playground.core.pair_fit.fit import PairFit, which_filter

__all__ = ["PairFit", "which_filter"]

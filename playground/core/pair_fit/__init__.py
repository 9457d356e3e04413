"""Which filter did this? The kernel between two pictures, and whether there is one."""

from playground.core.pair_fit.fit import PairFit, which_filter

__all__ = ["PairFit", "which_filter"]

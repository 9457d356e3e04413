"""RowProducts is its formula, for few and many kernels, any number of rows and any step."""

import numpy as np
import pytest

from playground.core.convolve.bands import RowProducts

KERNELS = (1, 2, 3, 4, 12, 700)
ROWS = (1, 2, 3, 8)


def kernel_and_band(kernels, rows, step, columns=37, size=(3, 2), channels=2):
    """A kernel and the band under so many output rows."""
    rng = np.random.default_rng(kernels * 100 + rows * 10 + step)
    kh, kw = size
    kernel = rng.normal(size=(kh, kw, channels, kernels))
    return kernel, rng.normal(size=((rows - 1) * step + kh, channels, kw, columns))


def plain(kernel, band, rows, step):
    """out[o, n] = W[o] · band[n·step : n·step + kh]."""
    under = [band[n * step : n * step + len(kernel)] for n in range(rows)]
    return np.stack([np.einsum("yxco,ycxj->oj", kernel, one) for one in under], axis=1)


@pytest.mark.parametrize("step", [1, 2, 5])
@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("kernels", KERNELS)
def test_each_output_row_is_the_kernels_times_the_band_rows_below_it(kernels, rows, step):
    kernel, band = kernel_and_band(kernels, rows, step)
    out = np.full((kernels, rows, band.shape[3]), np.nan)
    RowProducts(kernel, step, rows).multiply(band, out)
    np.testing.assert_allclose(out, plain(kernel, band, rows, step), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("kernels", KERNELS)
def test_fewer_rows_than_promised_are_computed_as_well(kernels):
    kernel, band = kernel_and_band(kernels, rows=1, step=1)
    out = np.full((kernels, 1, band.shape[3]), np.nan)
    RowProducts(kernel, step=1, rows=100).multiply(band, out)
    np.testing.assert_allclose(out, plain(kernel, band, 1, 1), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("kernels", KERNELS)
def test_the_rows_may_be_every_other_one_of_larger_maps(kernels):
    kernel, band = kernel_and_band(kernels, rows=5, step=2)
    maps = np.full((kernels, 11, 60), np.nan)
    out = maps[:, 1:11:2, 10:47]
    RowProducts(kernel, step=2, rows=5).multiply(band, out)
    np.testing.assert_allclose(out, plain(kernel, band, 5, 2), rtol=1e-12, atol=1e-12)
    assert np.isnan(maps).sum() == maps.size - out.size

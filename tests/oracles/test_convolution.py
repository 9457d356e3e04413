"""conv2d against PyTorch's conv2d and SciPy's correlate, over the whole range of settings."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

from playground.core import conv2d
from tests.core.cases import Case, cases
from tests.core.reference import pad, sides_of

torch = pytest.importorskip(
    "torch", reason="PyTorch is not installed: python3 run.py oracles installs it"
)
signal = pytest.importorskip(
    "scipy.signal", reason="SciPy is not installed: python3 run.py oracles installs it"
)


def by_torch(case: Case, dtype) -> np.ndarray:
    """PyTorch on an image padded by NumPy, which PyTorch cannot do in all edge modes."""
    image, kernel, bias = case.arrays(dtype)
    chosen = case.settings
    sides = sides_of(
        chosen["padding"], case.size, case.kernel_size, chosen["stride"], chosen["dilation"]
    )
    padded = pad(image, sides, chosen["edge"]).transpose(2, 0, 1)[np.newaxis]
    if chosen["flip"]:
        kernel = kernel[::-1, ::-1]
    maps = torch.nn.functional.conv2d(
        # A copy: an axis of one entry keeps the negative stride of a flip, which torch refuses.
        torch.from_numpy(padded.copy()),
        torch.from_numpy(kernel.transpose(3, 2, 0, 1).copy()),
        torch.from_numpy(bias),
        stride=chosen["stride"],
        dilation=chosen["dilation"],
    )
    return maps[0].numpy()


@settings(max_examples=600, deadline=None)
@given(cases())
def test_it_agrees_with_pytorch(case: Case):
    assume(case.fits)
    expected = by_torch(case, np.float64)
    scale = np.abs(expected).max() + 1e-30
    assert case.maps().shape == expected.shape
    assert np.abs(case.maps() - expected).max() / scale <= 1e-12
    assert np.abs(case.maps(np.float32) - expected).max() / scale <= 1e-5


@pytest.mark.parametrize("dilation", [1, 2, 3, 4])
@pytest.mark.parametrize("stride", [1, 2, 3, 4])
@pytest.mark.parametrize("padding", ["same", "valid", 3, (0, 1, 2, 3)])
@pytest.mark.parametrize("edge", ["zero", "replicate", "reflect", "symmetric", "wrap"])
def test_every_combination_of_settings_agrees_with_pytorch(stride, dilation, padding, edge):
    for size in ((1, 1), (2, 3), (4, 4), (5, 2), (7, 7), (11, 10)):
        for flip in (False, True):
            chosen = {
                "stride": stride,
                "padding": padding,
                "dilation": dilation,
                "edge": edge,
                "flip": flip,
            }
            case = Case((45, 47), size, 3, 2, chosen, seed=stride * 10 + dilation)
            expected = by_torch(case, np.float64)
            assert case.maps() == pytest.approx(expected, rel=1e-12, abs=1e-11)


@settings(max_examples=60, deadline=None)
@given(cases(3, 3, edges=("zero",)))
def test_it_agrees_with_scipy(case: Case):
    chosen = case.settings | {"padding": "valid", "stride": 1, "dilation": 1}
    plain = Case(case.size, case.kernel_size, case.channels, case.filters, chosen, case.seed)
    assume(plain.fits)
    image, kernel, bias = plain.arrays()
    method = signal.convolve2d if chosen["flip"] else signal.correlate2d
    for number, one in enumerate(conv2d(image, kernel, bias, **chosen)):
        planes = (
            method(image[..., c], kernel[..., c, number], mode="valid")
            for c in range(plain.channels)
        )
        assert one == pytest.approx(sum(planes) + bias[number], abs=1e-9)

"""Lines and stripes in any direction."""

import numpy as np
import pytest

from playground.core.presets import oriented


@pytest.mark.parametrize("size", [3, 5, 9])
def test_a_line_is_as_long_as_the_kernel_and_turns_with_its_angle(size):
    level, upright = oriented.line(size, 0), oriented.line(size, 90)
    assert level.sum() == level[size // 2].sum() == pytest.approx(size)
    np.testing.assert_allclose(upright, level.T, atol=1e-6)


@pytest.mark.parametrize("angle", [0, 30, 45, 135])
def test_blur_along_a_line_is_an_average_and_a_finder_is_none(angle):
    assert oriented.motion_blur(5, angle).sum() == pytest.approx(1, abs=1e-6)
    assert oriented.line_finder(5, angle).sum() == pytest.approx(0, abs=1e-4)


def test_stripes_answer_to_their_own_wavelength():
    kernel = oriented.gabor(9, 90, 4)
    assert np.abs(kernel).max() == pytest.approx(1)
    assert kernel.sum() == pytest.approx(0, abs=1e-4)
    along = np.arange(9) - 4
    answers = [abs((kernel * np.cos(2 * np.pi * along / wave)).sum()) for wave in (4, 2, 16)]
    assert answers[0] == max(answers)

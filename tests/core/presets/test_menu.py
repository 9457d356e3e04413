"""Presets: what each family promises, whatever numbers are chosen."""

import doctest
import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import conv2d, presets
from playground.core.errors import PlaygroundError
from playground.core.kernels import kernel_ops
from playground.core.presets import PRESETS, build_preset, find_preset, spread, starter_bank

KEYS = [preset.key for preset in PRESETS]
AVERAGES = ["identity", "box_blur", "gaussian_blur", "motion_blur", "sharpen", "unsharp", "emboss"]
ODD_SIZES = st.integers(1, 5).map(lambda half: 2 * half + 1)
ANGLES = st.floats(0, 360)


def parameter_values(parameter: presets.Parameter) -> st.SearchStrategy[float]:
    if parameter.kind in ("odd", "int"):
        step = 2 if parameter.kind == "odd" else 1
        return st.sampled_from(range(int(parameter.minimum), int(parameter.maximum) + 1, step))
    return st.floats(parameter.minimum, parameter.maximum)


@st.composite
def preset_kernels(draw: st.DrawFn) -> tuple[presets.Preset, np.ndarray]:
    preset = draw(st.sampled_from(PRESETS))
    values = {p.key: draw(parameter_values(p)) for p in preset.parameters}
    if preset.key == "difference_of_gaussians" and values["inner_sigma"] == values["outer_sigma"]:
        values["outer_sigma"] = values["inner_sigma"] * (0.5 if values["inner_sigma"] > 1 else 1.5)
    return preset, build_preset(preset.key, **values)


class TestEveryPreset:
    @settings(max_examples=200, deadline=None)
    @given(preset_kernels())
    def test_is_a_finite_float32_table_of_at_most_11_by_11(self, made):
        _, kernel = made
        assert kernel.dtype == np.float32
        assert kernel.ndim == 2
        assert 1 <= min(kernel.shape) <= max(kernel.shape) <= 11
        assert np.all(np.isfinite(kernel))

    @settings(max_examples=200, deadline=None)
    @given(preset_kernels())
    def test_keeps_the_brightness_of_a_flat_area_or_takes_it_away(self, made):
        preset, kernel = made
        expected = 1 if preset.key in AVERAGES else 0
        tolerance = 1e-6 * max(1.0, float(np.abs(kernel).sum()))
        assert kernel.sum(dtype=np.float64) == pytest.approx(expected, abs=tolerance)

    @pytest.mark.parametrize("preset", PRESETS, ids=KEYS)
    def test_turns_where_convolution_makes_what_correlation_makes_of_the_turned_picture(
        self, preset
    ):
        picture = np.random.default_rng(0).random((20, 20, 1))
        kernel = preset.build(**preset.defaults)[:, :, np.newaxis, np.newaxis].astype(float)
        plain, flipped = (
            conv2d(picture, kernel, padding="valid", flip=flip)[0] for flip in (False, True)
        )
        turned = conv2d(picture[::-1, ::-1].copy(), kernel, padding="valid")[0, ::-1, ::-1]
        assert flipped == pytest.approx(turned, abs=1e-9)
        assert preset.turns == (not np.allclose(plain, flipped, atol=1e-5))

    @pytest.mark.parametrize("key", KEYS)
    def test_has_a_default_that_needs_no_parameter(self, key):
        assert np.abs(build_preset(key)).max() > 0

    @pytest.mark.parametrize("preset", PRESETS, ids=KEYS)
    def test_its_own_defaults_are_those_of_the_menu(self, preset):
        np.testing.assert_array_equal(preset.build(), build_preset(preset.key))

    @pytest.mark.parametrize("preset", PRESETS, ids=KEYS)
    def test_says_what_it_shows_and_belongs_to_a_family(self, preset):
        assert preset.tip.endswith(".")
        assert preset.family in presets.FAMILIES
        assert find_preset(preset.key) is preset

    def test_has_a_key_and_a_name_of_its_own(self):
        assert len(set(KEYS)) == len({preset.name for preset in PRESETS}) == len(PRESETS)


class TestDerivatives:
    @pytest.mark.parametrize(
        ("key", "weights"),
        [
            ("sobel_x", [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
            ("sobel_y", [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
            ("prewitt_x", [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]),
            ("scharr_y", [[-3, -10, -3], [0, 0, 0], [3, 10, 3]]),
            ("roberts_down", [[1, 0], [0, -1]]),
            ("roberts_up", [[0, 1], [-1, 0]]),
            ("laplacian_4", [[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
            ("laplacian_8", [[1, 1, 1], [1, -8, 1], [1, 1, 1]]),
            ("outline", [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
        ],
    )
    def test_classics_have_the_textbooks_weights(self, key, weights):
        np.testing.assert_array_equal(build_preset(key), weights)

    @pytest.mark.parametrize("family", ["sobel", "prewitt", "scharr"])
    def test_y_is_x_transposed(self, family):
        np.testing.assert_array_equal(build_preset(f"{family}_x").T, build_preset(f"{family}_y"))

    def test_the_diagonals_are_sobel_turned_by_an_eighth(self):
        clockwise = kernel_ops.rotate45(build_preset("sobel_x"))
        np.testing.assert_array_equal(clockwise, 0 - build_preset("diagonal_down"))
        anticlockwise = kernel_ops.rotate45(build_preset("sobel_y"))
        np.testing.assert_array_equal(anticlockwise, 0 - build_preset("diagonal_up"))

    def test_both_scharrs_find_waves_of_every_angle_nearly_equally_and_better_than_sobel(self):
        spread = {}
        for family in ("scharr", "sobel"):
            x, y = (build_preset(f"{family}_{axis}") for axis in "xy")
            strengths = []
            for angle in np.radians(np.arange(0, 91, 5)):
                rows, columns = np.mgrid[-1:2, -1:2]
                wave = np.exp(0.8j * (columns * np.cos(angle) + rows * np.sin(angle)))
                strengths.append(np.hypot(abs((x * wave).sum()), abs((y * wave).sum())))
            spread[family] = max(strengths) / min(strengths) - 1
        assert spread["scharr"] < 0.02
        assert spread["sobel"] > 2 * spread["scharr"]

    @given(inner=st.floats(0.3, 4), outer=st.floats(0.3, 4))
    def test_a_bright_spot_is_positive_where_the_inner_blur_is_the_narrower(self, inner, outer):
        if abs(inner - outer) > 0.1:
            values = {"size": 11, "inner_sigma": inner, "outer_sigma": outer}
            middle = build_preset("difference_of_gaussians", **values)[5, 5]
            assert (middle > 0) == (inner < outer)

    def test_a_dark_spot_is_positive_in_a_laplacian(self):
        for key in ("laplacian_4", "laplacian_8"):
            assert (build_preset(key)[1, 1]) < 0 < build_preset(key)[0, 1]

    def test_log_measures_the_second_derivative(self):
        # ∇² of x² is 2 everywhere.
        x = np.arange(-5, 6.0)
        kernel = build_preset("laplacian_of_gaussian", size=11, sigma=1)
        assert (kernel * x**2).sum() == pytest.approx(2, rel=0.01)

    def test_dog_looks_like_the_negative_log(self):
        dog = build_preset("difference_of_gaussians", size=11, inner_sigma=1, outer_sigma=1.6)
        log = build_preset("laplacian_of_gaussian", size=11, sigma=1.25)
        assert np.corrcoef(dog.ravel(), log.ravel())[0, 1] < -0.98

    def test_dog_of_two_equal_widths_is_refused(self):
        with pytest.raises(PlaygroundError, match="choose two different"):
            build_preset("difference_of_gaussians", inner_sigma=2, outer_sigma=2)


class TestBlurs:
    def test_the_default_gaussian_is_the_textbooks(self):
        textbook = np.outer([1, 2, 1], [1, 2, 1]) / 16
        np.testing.assert_allclose(build_preset("gaussian_blur"), textbook, atol=5e-4)

    @given(st.integers(1, 11), st.floats(0.1, 10))
    def test_a_gaussian_is_separable_and_the_same_from_every_side(self, size, sigma):
        kernel = build_preset("gaussian_blur", size=size, sigma=sigma)
        assert kernel_ops.separability(kernel).separable
        np.testing.assert_array_equal(kernel, np.rot90(kernel))

    def test_motion_along_a_row_a_column_and_the_rising_diagonal(self):
        third = np.float32(1 / 3)
        row = np.zeros((3, 3), np.float32)
        row[1] = third
        np.testing.assert_array_equal(build_preset("motion_blur", size=3, angle=0), row)
        np.testing.assert_array_equal(build_preset("motion_blur", size=3, angle=90), row.T)
        rising = np.eye(3, dtype=np.float32)[::-1] * third
        np.testing.assert_array_equal(build_preset("motion_blur", size=3, angle=45), rising)

    def test_unsharp_by_zero_is_the_identity(self):
        np.testing.assert_array_equal(
            build_preset("unsharp", size=3, amount=0), build_preset("identity")
        )


class TestDirections:
    @pytest.mark.parametrize("key", ["motion_blur", "line", "gabor"])
    @given(size=ODD_SIZES, angle=ANGLES)
    def test_half_a_turn_changes_nothing(self, key, size, angle):
        kernel = build_preset(key, size=size, angle=angle)
        turned = build_preset(key, size=size, angle=(angle + 180) % 360)
        np.testing.assert_allclose(turned, kernel, atol=1e-5)

    @pytest.mark.parametrize("key", ["motion_blur", "line", "gabor"])
    @given(size=ODD_SIZES, angle=st.floats(0, 270))
    def test_a_quarter_turn_of_the_angle_turns_the_kernel_anticlockwise(self, key, size, angle):
        kernel = build_preset(key, size=size, angle=angle)
        turned = build_preset(key, size=size, angle=angle + 90)
        np.testing.assert_allclose(turned, np.rot90(kernel), atol=1e-5)

    def test_lines_are_the_textbooks_line_detectors(self):
        np.testing.assert_array_equal(
            build_preset("line", angle=45), [[-1, -1, 2], [-1, 2, -1], [2, -1, -1]]
        )
        np.testing.assert_array_equal(build_preset("line", angle=90), [[-1, 2, -1]] * 3)

    def test_an_upright_gabor_has_upright_stripes_a_wavelength_apart(self):
        middle = build_preset("gabor", size=9, angle=90, wavelength=4)[4]
        assert middle[4] == 1
        assert np.all(middle[[2, 6]] < 0)
        assert np.all(middle[[0, 8]] > 0)


class TestWrongParameters:
    @pytest.mark.parametrize(
        ("key", "values", "message"),
        [
            ("gaussian_blur", {"size": 12}, "Size must be a whole number from 1 to 11 px, not 12"),
            ("gaussian_blur", {"size": 2.5}, "Size must be a whole number"),
            ("gabor", {"size": 4}, "Size must be an odd whole number from 3 to 11 px, not 4"),
            ("gaussian_blur", {"sigma": 0}, "σ must be a number from 0.1 to 10 px, not 0"),
            ("gabor", {"wavelength": float("nan")}, "Wavelength must be a number"),
            ("motion_blur", {"angle": float("inf")}, "Angle must be a number from 0 to 360°"),
            ("sobel_x", {"size": 3}, "Sobel x has no parameter called size: it has none"),
            ("box_blur", {"sigma": 3}, "Box blur has no parameter called sigma: it has size"),
            ("blur", {}, "There is no preset called “blur”: choose one of identity, box_blur"),
        ],
    )
    def test_are_refused_in_one_sentence(self, key, values, message):
        with pytest.raises(PlaygroundError, match=f"^{message}"):
            build_preset(key, **values)


class TestStarterBank:
    @pytest.mark.parametrize("channels", [1, 3, 7])
    def test_holds_twelve_named_3_by_3_kernels_and_no_bias(self, channels):
        bank = starter_bank(channels)
        assert bank.kernel.shape == (3, 3, channels, 12)
        assert bank.names[:3] == ("Sobel x", "Sobel y", "Laplacian")
        assert bank.names[-2:] == ("Identity", "Random")
        assert not bank.bias.any()

    def test_is_the_same_every_time(self):
        assert starter_bank(3) == starter_bank(3)

    def test_answers_to_a_colour_picture_as_to_its_grey_mean(self):
        grey, colour = starter_bank(1).kernel, starter_bank(3).kernel
        np.testing.assert_allclose(colour.sum(axis=2)[..., :-1], grey[:, :, 0, :-1], atol=1e-6)

    def test_has_the_exact_binomial_as_its_gaussian(self):
        bank = starter_bank(1)
        gaussian = bank.kernel[..., 0, bank.names.index("Gaussian")]
        np.testing.assert_allclose(gaussian * 16, np.outer([1, 2, 1], [1, 2, 1]), rtol=1e-6)


def test_spreading_shares_each_weight_equally_among_the_channels():
    kernel = spread(build_preset("sobel_x"), 3)
    assert kernel.shape == (3, 3, 3)
    np.testing.assert_array_equal(kernel[1, 2], np.full(3, 2 / 3, np.float32))


@pytest.mark.parametrize("module", ["smoothing", "derivatives", "oriented", "menu"])
def test_the_examples_in_the_docstrings_run(module):
    result = doctest.testmod(importlib.import_module(f"playground.core.presets.{module}"))
    assert result.attempted > 0
    assert result.failed == 0

"""The presets as a menu: what each is called, which numbers it asks for, and how it is made."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from playground.core.checks import is_real, shown
from playground.core.errors import PlaygroundError
from playground.core.kernels import initializers
from playground.core.kernels.kernel_ops import spread
from playground.core.presets import derivatives, oriented, smoothing
from playground.core.specs import MAX_KERNEL_SIZE, Conv2DSpec, FloatArray, frozen_array

ParameterKind: TypeAlias = Literal["odd", "int", "float", "angle"]

# Any fixed number: the program begins the same way every time.
STARTER_SEED = 12

# The width at which a Gaussian's neighbour is exactly half its centre: 1/16 · [1, 2, 1]ᵀ[1, 2, 1].
HALVING_SIGMA = 1 / math.sqrt(2 * math.log(2))


@dataclass(frozen=True)
class Parameter:
    """A number that a preset asks for; `minimum` and `maximum` are allowed values.

    `unit` is put behind the number as it stands: " px" or "°".
    """

    key: str
    label: str
    kind: ParameterKind
    default: float
    minimum: float
    maximum: float
    unit: str = ""

    def checked(self, value: float) -> float:
        """`value`, as an int for the whole kinds; PlaygroundError when it does not fit."""
        fits = is_real(value) and self.minimum <= value <= self.maximum
        if fits and self.kind in ("odd", "int"):
            fits = value == int(value) and (self.kind == "int" or int(value) % 2 == 1)
        if not fits:
            noun = {"odd": "an odd whole number", "int": "a whole number"}.get(
                self.kind, "a number"
            )
            raise PlaygroundError(
                f"{self.label} must be {noun} from {self.minimum:g} to {self.maximum:g}"
                f"{self.unit}, not {shown(value)}."
            )
        return int(value) if self.kind in ("odd", "int") else float(value)


@dataclass(frozen=True)
class Preset:
    """A 2-D kernel made by `build(**parameters)` -> float32 (kh, kw).

    `tip` says in a learner's words what the kernel's feature map will show.
    """

    key: str
    name: str
    family: str
    parameters: tuple[Parameter, ...]
    build: Callable[..., FloatArray]
    tip: str

    @property
    def defaults(self) -> dict[str, float]:
        """Every parameter's default value."""
        return {parameter.key: parameter.default for parameter in self.parameters}

    @property
    def turns(self) -> bool:
        """Whether true convolution, which turns the kernel by 180°, makes another map with it."""
        kernel = self.build(**self.defaults)
        return not np.allclose(kernel, kernel[::-1, ::-1], atol=1e-6)


def _whole_size(default: int) -> Parameter:
    return Parameter("size", "Size", "int", default, 1, MAX_KERNEL_SIZE, " px")


def _odd_size(default: int, minimum: int = 3) -> Parameter:
    return Parameter("size", "Size", "odd", default, minimum, MAX_KERNEL_SIZE, " px")


def _sigma(default: float, key: str = "sigma", label: str = "σ") -> Parameter:
    return Parameter(key, label, "float", default, 0.1, 10, " px")


def _angle(default: float) -> Parameter:
    return Parameter("angle", "Angle", "angle", default, 0, 360, "°")


_INNER = _sigma(1.0, "inner_sigma", "Inner σ")
_OUTER = _sigma(1.6, "outer_sigma", "Outer σ")
_WAVELENGTH = Parameter("wavelength", "Wavelength", "float", 4.0, 2, 20, " px")
_AMOUNT = Parameter("amount", "Amount", "float", 1.0, 0, 10)

FAMILIES = ("Identity", "Blur", "Edges", "Spots and outlines", "Sharpen and emboss", "Lines")
_IDENTITY, _BLUR, _EDGES, _SPOTS, _SHARPEN, _LINES = FAMILIES

PRESETS: tuple[Preset, ...] = (
    Preset(
        "identity", "Identity", _IDENTITY, (_odd_size(3, minimum=1),), smoothing.identity,
        "A single 1: the map is a copy of the input.",
    ),
    Preset(
        "box_blur", "Box blur", _BLUR, (_whole_size(3),), smoothing.box_blur,
        "The mean of all pixels under the kernel: everything gets softer.",
    ),
    Preset(
        "gaussian_blur", "Gaussian blur", _BLUR, (_whole_size(3), _sigma(0.85)),
        smoothing.gaussian_blur,
        "A mean in which near pixels count more: softer, without the box's hard corners.",
    ),
    Preset(
        "motion_blur", "Motion blur", _BLUR, (_odd_size(5), _angle(0)), oriented.motion_blur,
        "The mean along one line: as if the camera had moved.",
    ),
    Preset(
        "sobel_x", "Sobel x", _EDGES, (), derivatives.sobel_x,
        "Right minus left: upright edges light up, + where it gets brighter to the right.",
    ),
    Preset(
        "sobel_y", "Sobel y", _EDGES, (), derivatives.sobel_y,
        "Below minus above: level edges light up, + where it gets brighter downwards.",
    ),
    Preset(
        "prewitt_x", "Prewitt x", _EDGES, (), derivatives.prewitt_x,
        "Right minus left with three equal rows: like Sobel x, a little coarser.",
    ),
    Preset(
        "prewitt_y", "Prewitt y", _EDGES, (), derivatives.prewitt_y,
        "Below minus above with three equal columns: like Sobel y, a little coarser.",
    ),
    Preset(
        "scharr_x", "Scharr x", _EDGES, (), derivatives.scharr_x,
        "Right minus left: with Scharr y, edges of every angle are nearly equally strong.",
    ),
    Preset(
        "scharr_y", "Scharr y", _EDGES, (), derivatives.scharr_y,
        "Below minus above: with Scharr x, edges of every angle are nearly equally strong.",
    ),
    Preset(
        "roberts_down", "Roberts ↘", _EDGES, (), derivatives.roberts_down,
        "A pixel minus its lower right neighbour: an edge finder of 2 × 2 weights.",
    ),
    Preset(
        "roberts_up", "Roberts ↗", _EDGES, (), derivatives.roberts_up,
        "Upper right minus lower left: 2 × 2 weights, along the other diagonal.",
    ),
    Preset(
        "diagonal_down", "Diagonal ↘", _EDGES, (), derivatives.diagonal_down,
        "Upper left minus lower right: Sobel turned by 45°.",
    ),
    Preset(
        "diagonal_up", "Diagonal ↗", _EDGES, (), derivatives.diagonal_up,
        "Upper right minus lower left: Sobel turned by 45°.",
    ),
    Preset(
        "laplacian_4", "Laplacian, 4 neighbours", _SPOTS, (), derivatives.laplacian_4,
        "Neighbours minus the centre: edges in every direction, dark spots positive.",
    ),
    Preset(
        "laplacian_8", "Laplacian, 8 neighbours", _SPOTS, (), derivatives.laplacian_8,
        "All eight neighbours minus the centre: edges in every direction, corners too.",
    ),
    Preset(
        "laplacian_of_gaussian", "LoG", _SPOTS, (_odd_size(7), _sigma(1.0)),
        derivatives.laplacian_of_gaussian,
        "Blur, then Laplacian, in one kernel: finds spots of about σ and ignores finer noise.",
    ),
    Preset(
        "difference_of_gaussians", "DoG", _SPOTS, (_odd_size(7), _INNER, _OUTER),
        derivatives.difference_of_gaussians,
        "The inner blur minus the outer: with a narrower inner one, bright spots are positive.",
    ),
    Preset(
        "outline", "Outline", _SPOTS, (), derivatives.outline,
        "The centre minus its neighbours: flat areas vanish, every outline stays.",
    ),
    Preset(
        "sharpen", "Sharpen", _SHARPEN, (), derivatives.sharpen,
        "The picture plus its edges: crisper, with the same brightness.",
    ),
    Preset(
        "unsharp", "Unsharp mask", _SHARPEN,
        (_odd_size(5), _sigma(1.0), _AMOUNT), derivatives.unsharp,
        "Adds back what a blur would take away: sharpening with a choice of how fine.",
    ),
    Preset(
        "emboss", "Emboss", _SHARPEN, (), derivatives.emboss,
        "The picture plus a slope along one diagonal: looks like a relief lit from the side.",
    ),
    Preset(
        "line", "Line", _LINES, (_odd_size(3), _angle(0)), oriented.line_finder,
        "Positive on thin bright lines in this direction, negative beside them.",
    ),
    Preset(
        "gabor", "Gabor", _LINES, (_odd_size(7), _angle(90), _WAVELENGTH), oriented.gabor,
        "Stripes under a bell: answers to texture of this direction and spacing.",
    ),
)  # fmt: skip

_BY_KEY = {preset.key: preset for preset in PRESETS}


def find_preset(key: str) -> Preset:
    """The preset called `key`; PlaygroundError when there is none."""
    if not isinstance(key, str) or key not in _BY_KEY:
        raise PlaygroundError(
            f"There is no preset called “{key}”: choose one of {_listed(_BY_KEY)}."
        )
    return _BY_KEY[key]


def build_preset(key: str, **parameters: float) -> FloatArray:
    """The preset's kernel, float32 (kh, kw), with defaults for the parameters left out.

    Raises PlaygroundError for an unknown preset or parameter and for a value out of range.

    >>> build_preset("box_blur", size=2)
    array([[0.25, 0.25],
           [0.25, 0.25]], dtype=float32)
    """
    preset = find_preset(key)
    unknown = parameters.keys() - preset.defaults.keys()
    if unknown:
        raise PlaygroundError(
            f"{preset.name} has no parameter called {_listed(sorted(unknown))}: "
            f"it has {_listed(preset.defaults) or 'none'}."
        )
    values = {p.key: p.checked(parameters.get(p.key, p.default)) for p in preset.parameters}
    return preset.build(**values)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def starter_bank(channels: int) -> Conv2DSpec:
    """The starter kernels over `channels` input channels, (3, 3, channels, 12), all biases 0."""
    classics: dict[str, FloatArray] = {
        "Sobel x": derivatives.sobel_x(),
        "Sobel y": derivatives.sobel_y(),
        "Laplacian": derivatives.laplacian_4(),
        "Sharpen": derivatives.sharpen(),
        "Box blur": smoothing.box_blur(3),
        "Gaussian": smoothing.gaussian_blur(3, HALVING_SIGMA),
        "Emboss": derivatives.emboss(),
        "Outline": derivatives.outline(),
        "Diagonal ↘": derivatives.diagonal_down(),
        "Diagonal ↗": derivatives.diagonal_up(),
        "Identity": smoothing.identity(3),
    }
    random = initializers.glorot_uniform((3, 3, channels, 1), STARTER_SEED)[..., 0]
    kernels = [*(spread(kernel, channels) for kernel in classics.values()), random]
    return Conv2DSpec(
        kernel=frozen_array(np.stack(kernels, axis=-1)),
        bias=frozen_array(np.zeros(len(kernels))),
        names=(*classics, "Random"),
    )

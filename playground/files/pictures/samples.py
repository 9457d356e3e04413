"""The pictures that come with the program: photographs, textures and patterns.

Sources and licences are in assets/README.md. Titles and tips are in a learner's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playground.files.assets import asset_path
from playground.files.pictures.sources import FileSource

DEFAULT_SAMPLE = "chelsea"
"""A cat: everybody knows what to look for, and it has edges of every kind."""

_GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "Photographs": {
        "chelsea.png": ("Cat", "Whiskers, fur and two round eyes: edges of every kind."),
        "coffee.jpg": ("Coffee", "Strong colours and smooth rims; try it in RGB."),
        "camera.png": ("Photographer", "Large flat shapes and fine grass in one picture."),
        "rocket.jpg": ("Rocket", "A bright, upright shape before a dark sky."),
        "hubble.jpg": ("Galaxies", "Small bright spots: a blob kernel finds them."),
        "retina.jpg": ("Retina", "Thin vessels in every direction, lighter and darker."),
        "cell.png": ("Cell", "A cell under the microscope, with very soft edges."),
    },
    "Textures": {
        "brick.png": ("Bricks", "Long upright joints, short level ones: two directions."),
        "grass.png": ("Grass", "Blades in many directions: what does an angle pick out?"),
        "gravel.png": ("Gravel", "Round stones of all sizes and no direction at all."),
        "page.png": ("Text page", "Upright strokes and level bars: turn the kernel."),
        "handwriting.png": ("Handwriting", "Strokes in every direction, seen from the side."),
        "horse.png": ("Silhouette", "A black shape on white: nothing but its outline."),
    },
    "Patterns": {
        "pattern-bright-pixel.png": (
            "Single bright pixel",
            "Its feature map shows the kernel itself, turned by half a turn.",
        ),
        "pattern-checkerboard.png": (
            "Checkerboard",
            "Level and upright edges, dark to light and light to dark, and corners.",
        ),
        "pattern-step-edges.png": (
            "Steps",
            "Edges between flat greys: flat ground gives an edge kernel nothing.",
        ),
        "pattern-gradient.png": (
            "Gradient",
            "The same gentle slope everywhere, from black to white.",
        ),
        "pattern-radial-gradient.png": (
            "Round gradient",
            "A slope in every direction: see which one a kernel answers to.",
        ),
        "pattern-disc.png": ("Disc", "One edge that runs through every direction."),
        "pattern-star.png": ("Star", "Lines of every direction, ever closer to the middle."),
        "pattern-rising-stripes.png": (
            "Rising stripes",
            "Wide to narrow from left to right: which width does a kernel like best?",
        ),
        "pattern-zone-plate.png": (
            "Zone plate",
            "Every width and direction at once: the map shows what the kernel lets through.",
        ),
        "pattern-noise.png": ("Noise", "Random greys: blurring calms them."),
        "pattern-colours.png": (
            "Three colours",
            "Red, green and blue light: in RGB each input channel sees one disc.",
        ),
    },
}
"""The menu's groups: a file in assets/samples for each entry, its title and its tip."""


@dataclass(frozen=True)
class Sample:
    """A picture that comes with the program."""

    title: str
    path: Path
    tip: str
    group: str
    """One of the menu's groups: Photographs, Textures or Patterns."""

    @property
    def key(self) -> str:
        """Its name in the program and the tests, such as "chelsea"."""
        return self.path.stem.removeprefix("pattern-")

    @property
    def source(self) -> FileSource:
        """What `load_picture` reads it from."""
        return FileSource(self.path)


@cache
def samples() -> tuple[Sample, ...]:
    """All samples in the order of the menu."""
    return tuple(
        Sample(title, asset_path("samples", file), tip, group)
        for group, rows in _GROUPS.items()
        for file, (title, tip) in rows.items()
    )


def sample(key: str = DEFAULT_SAMPLE) -> Sample:
    """The sample with this key; raises KeyError when there is none."""
    for one in samples():
        if one.key == key:
            return one
    raise KeyError(key)

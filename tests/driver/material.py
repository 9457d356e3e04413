"""Files for the driver to open: pictures good and bad, a pair, and a folder with two classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

SIDES = (48, 64)
"""Height and width of the good pictures: small, so that many actions fit into a minute."""


class Material:
    """Writes everything into one folder, once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        rng = np.random.default_rng(0)
        pixels = rng.integers(0, 255, (*SIDES, 3), dtype=np.uint8)
        self.good = self._good(pixels)
        self.bad = self._bad(pixels)
        self.pair = self._pair(pixels)
        self.classes = self._classes(rng)
        self.target = folder / "saved"
        self.target.mkdir()

    def _good(self, pixels: np.ndarray) -> list[Path]:
        deep = np.arange(SIDES[0] * SIDES[1], dtype=np.uint16).reshape(SIDES) * 21
        images = {
            "colour.png": Image.fromarray(pixels),
            "grey.png": Image.fromarray(pixels[:, :, 0]),
            "one.png": Image.fromarray(pixels[:1, :1]),
            "line.png": Image.fromarray(pixels[:1]),
            "sixteen.png": Image.fromarray(deep),
            "clear.png": Image.fromarray(np.dstack([pixels, pixels[:, :, :1]])),
            "wide.jpg": Image.fromarray(np.tile(pixels, (2, 5, 1))),
        }
        for name, image in images.items():
            image.save(self.folder / name)
        return [self.folder / name for name in images]

    def _bad(self, pixels: np.ndarray) -> list[Path]:
        whole = (self.folder / "colour.png").read_bytes()
        contents = {
            "cut.png": whole[: len(whole) // 2],
            "damaged.png": whole[:60] + bytes(40) + whole[100:],
            "words.png": b"This is no picture.",
            "empty.png": b"",
        }
        for name, content in contents.items():
            (self.folder / name).write_bytes(content)
        (self.folder / "folder.png").mkdir()
        return [*(self.folder / name for name in (*contents, "folder.png")), self.folder / "gone"]

    def _pair(self, pixels: np.ndarray) -> tuple[Path, Path]:
        """A picture, and what a mean of three neighbours makes of it."""
        grey = pixels[:, :, 0].astype(np.float64)
        after = (np.roll(grey, 1, 1) + grey + np.roll(grey, -1, 1)) / 3
        path = self.folder / "after.png"
        Image.fromarray(after.round().astype(np.uint8)).save(path)
        return self.folder / "grey.png", path

    def _classes(self, rng: np.random.Generator) -> Path:
        folder = self.folder / "classes"
        for name, brightest in (("dark", 90), ("bright", 255)):
            (folder / name).mkdir(parents=True)
            for number in range(8):
                pixels = rng.integers(brightest - 80, brightest, (36, 40, 3), dtype=np.uint8)
                Image.fromarray(pixels).save(folder / name / f"{number}.png")
        (folder / "dark" / "broken.png").write_bytes(b"no picture")
        return folder

"""Resident memory of the app with a 24-megapixel photo at working size 512."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import psutil
from PIL import Image
from PySide6.QtWidgets import QApplication

from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.benchmarks.report import Report


def photo(folder: Path) -> Path:
    """A 24-megapixel JPEG with structure at every scale, written without loading it whole later."""
    rng = np.random.default_rng(0)
    coarse = Image.fromarray(rng.integers(0, 255, (40, 60, 3), dtype=np.uint8))
    path = folder / "photo.jpg"
    coarse.resize((6000, 4000), Image.Resampling.BICUBIC).save(path, quality=90)
    return path


def run(report: Report) -> None:
    """Open the photo in the real window and look at the process's resident set."""
    import subprocess
    import sys

    with tempfile.TemporaryDirectory() as folder:
        path = photo(Path(folder))
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.memory", str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
    settled, peak = (float(part) for part in done.stdout.split())
    report.figure("24-megapixel photo at 512, resident", settled, "MB", "≤ 300")
    report.figure("24-megapixel photo at 512, peak", peak, "MB")


def measure(path: Path) -> None:
    """In a process of its own: print resident and peak megabytes."""
    app = QApplication([])
    bench = Workbench()
    theming = Theming(bench.settings, bench)
    theming.apply()
    window = MainWindow(bench, theming)
    window.resize(1440, 900)
    window.show()
    process, peak = psutil.Process(), 0
    bench.sources.open_file(path)
    while bench.loading.busy or bench.preview.busy or not bench.preview.maps:
        app.processEvents()
        peak = max(peak, process.memory_info().rss)
    print(process.memory_info().rss / 1e6, max(peak, process.memory_info().rss) / 1e6)
    window.close()


if __name__ == "__main__":
    import sys

    measure(Path(sys.argv[1]))

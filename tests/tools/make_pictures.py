"""The README's pictures, from the real window: `python -m tests.tools.make_pictures`.

Those of explore mode are made by `playground --screenshot`, that of train mode by training.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.models.made_tasks import chosen

ASSETS = Path(__file__).parents[2] / "assets"
FOLDER = ASSETS / "pictures"
STEPS = 500


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def explore(name: str, *arguments: str) -> None:
    """A picture of explore mode, by the command that anybody can use."""
    command = [sys.executable, "-m", "playground", "--screenshot", str(FOLDER / name), *arguments]
    subprocess.run(command, check=True)


def main() -> int:
    """Explore in light and dark, and before a class; then digits, and why a weight moves."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    coffee = str(ASSETS / "samples" / "coffee.jpg")
    explore("explore.png", "--size", "1440x900", "--theme", "light")
    explore("dark.png", coffee, "--size", "1280x720", "--theme", "dark")
    application = QApplication([])
    application.setStyle("Fusion")
    present()
    train()
    return 0


def present() -> None:
    """The equation and the sum, as a class sees them."""
    bench = Workbench()
    theming = Theming(bench.settings, bench)
    bench.settings.set_theme("light")
    theming.apply()
    window = MainWindow(bench, theming)
    window.show()
    bench.sources.open_sample(first=True)
    wait(1)
    window.top_bar.present.setChecked(True)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1280, 720)
    wait(1)
    window.grab().save(str(FOLDER / "present.png"))
    bench.close()
    window.close()


def train() -> None:
    """Train mode, paused after some steps."""
    bench = Workbench()
    theming = Theming(bench.settings, bench)
    bench.settings.set_theme("dark")
    theming.apply()
    window = MainWindow(bench, theming)
    window.resize(1440, 900)
    window.show()
    bench.sources.open_sample(first=True)
    wait(1)
    bench.settings.set_mode("train")
    bench.training.choose(chosen("digits"))
    while bench.training.task is None:
        wait(0.1)
    wait(0.5)
    bench.training.play()
    while bench.training.frame is None or bench.training.frame.step < STEPS:
        wait(0.1)
    bench.training.pause()
    wait(0.5)
    window.train.pages.show_page(window.train.pages.why)
    bench.document.selection.set_weight((1, 3))
    wait(2)
    window.grab().save(str(FOLDER / "train.png"))
    bench.close()
    window.close()


if __name__ == "__main__":
    sys.exit(main())

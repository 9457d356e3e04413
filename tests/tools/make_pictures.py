"""The README's pictures of train mode, from the real window: `python -m tests.tools.make_pictures`.

Those of explore mode are made by `playground --screenshot`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from playground.models.training.task_choice import TaskChoice
from playground.models.workbench import Workbench
from playground.views.main_window import MainWindow
from playground.views.theming import Theming

FOLDER = Path(__file__).parents[2] / "assets" / "pictures"
STEPS = 500


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()


def main() -> int:
    """Train on digits for a while, and show why a weight moves."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    application.setStyle("Fusion")
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
    bench.training.choose(TaskChoice("digits"))
    while bench.training.task is None:
        wait(0.1)
    wait(0.5)
    bench.training.play()
    while bench.training.snapshot is None or bench.training.snapshot.step < STEPS:
        wait(0.1)
    bench.training.pause()
    wait(0.5)
    bench.document.selection.set_weight((1, 3))
    wait(2)
    window.grab().save(str(FOLDER / "train.png"))
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

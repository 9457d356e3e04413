"""How many steps a run does in a second."""

from __future__ import annotations

from time import monotonic


class Speed:
    """Steps a second, over the last second or so."""

    def __init__(self) -> None:
        self.value = 0.0
        self.restart()

    def restart(self) -> None:
        self._began, self._steps = monotonic(), 0

    def count(self, steps: int = 1) -> None:
        self._steps += steps
        passed = monotonic() - self._began
        if passed >= 0.5:
            self.value = self._steps / passed
            self.restart()

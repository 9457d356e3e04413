"""The whole picture before and after: what was done to it, and what the network makes of that."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QVBoxLayout

from playground.core.tasks.restoration import Restoration
from playground.models.training.inspect.restoring import Restoring
from playground.models.words.claim_words import claim_text, with_step
from playground.views.theme.theming import Theming
from playground.views.train.pages.divided_picture import DividedPicture
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import WatchingPage, bare

_LINES = 3
"""Always as many, whatever is said, so that the picture never moves."""


class RestoredPage(WatchingPage):
    """The picture with its divider; below, whether it is better, and if not, why."""

    def __init__(self, restoring: Restoring, theming: Theming) -> None:
        super().__init__(restoring)
        self._restoring = restoring
        self.title = QuietLabel(theming)
        """Stands outside of this page, above it."""
        self.picture = DividedPicture(theming)
        self.verdict = QuietLabel(theming, lines=_LINES)
        column = bare(QVBoxLayout(self), 4)
        column.addWidget(self.picture, 1)
        column.addWidget(self.verdict)
        self.picture.set_share(restoring.divider)
        self.picture.valueChanged.connect(self._tell)
        restoring.divider_changed.connect(self.picture.set_share)
        restoring.changed.connect(self._show)
        self._show(restoring.answer)

    def _tell(self, _value: int) -> None:
        self._restoring.set_divider(self.picture.share)

    def _show(self, report: Restoration | None) -> None:
        asked = self._restoring
        if report is None:
            self.picture.show_pictures(None, None)
            self.title.setText("")
            self.verdict.setText(asked.problem)
            return
        found = report.comparison
        finite = found.rms is not None and bool(np.isfinite(found.rms))
        self.picture.show_pictures(found.before, found.made if finite else None)
        first, rest = self._words(report, finite=finite)
        self.title.setText(with_step(asked.step, first), first)
        self.verdict.setText(rest)
        self.picture.setAccessibleDescription(f"{first} {rest}".strip())

    def _words(self, report: Restoration, *, finite: bool) -> tuple[str, str]:
        """Whether it is better; and what there is to say of that."""
        found = report.comparison
        if found.made is None:
            text = self.tr("The network makes {} of the picture, but the target is {}.")
            return "", text.format(_by(found.made_shape), _by(found.target_shape))
        if not finite:
            return "", self.tr("Some of the network's outputs are not finite numbers.")
        first, *rest = map(claim_text, report.claims)
        if not found.whole:
            rows, columns = found.target.shape[:2]
            rest.append(self.tr("(In the middle {} × {} pixels.)").format(rows, columns))
        return first, " ".join(rest)


def _by(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))

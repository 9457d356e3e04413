"""Why this weight moves: the error, times the input under the weight, summed; then the rule."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playground.core.explain.gradient_explanation import Slope
from playground.core.explain.update_rule import FROZEN
from playground.models.training.inspect.why import Answer, Why
from playground.models.words.local_numbers import Local, localised
from playground.models.words.rule_words import where_lines
from playground.views.pictures.value_picture import ValuePicture
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import WatchingPage, bare, button, label

_HIGH = 24
"""Lines of text in the height of the page from which the numbers stand below the pictures."""

_BESIDE_PICTURES = 40
"""Pixels from the top of a picture's caption to half the height of a usual picture."""


class WhyPage(WatchingPage):
    """Three pictures on the left, the numbers on the right."""

    def __init__(self, why: Why, theming: Theming) -> None:
        super().__init__(why)
        self._why = why
        self.errors = ValuePicture(self.tr("error"), theming)
        self.inputs = ValuePicture(self.tr("input"), theming)
        self.products = ValuePicture(self.tr("product"), theming)
        self.errors.setToolTip(self.tr("∂L/∂output: the error that arrives at every position"))
        self.inputs.setToolTip(self.tr("The input under this weight, at every position"))
        self.products.setToolTip(self.tr("Error times input: its sum is this example's share"))
        self.sums = label("", "number")
        self.rule = label("", "number")
        self.checked = label("", "number")
        self.where = label("", "detail")
        self.where.setWordWrap(True)
        for text in (self.sums, self.rule, self.checked):
            text.setProperty("dense", True)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bias = button(
            self.tr("Bias"),
            checkable=True,
            what=self.tr("why the kernel's bias moves"),
        )
        before, following = partial(self._turn, -1), partial(self._turn, 1)
        self.back = button("‹", self.tr("Back"), before, what=self.tr("the example before"))
        self.forward = button(
            "›", self.tr("Next"), following, what=self.tr("the next example of the batch")
        )
        self.check = button(
            self.tr("Check"),
            on_click=why.check,
            what=self.tr("nudge the weight up and down a little and measure the loss"),
        )
        self.example = label("", "detail")
        self.hint = label("", "detail")
        self.hint.setWordWrap(True)
        self._compose()
        self.bias.toggled.connect(why.set_bias)
        why.changed.connect(self._show)
        self._show(why.answer)

    def _compose(self) -> None:
        self._body = QWidget()
        pictures = QGridLayout()
        pictures.setContentsMargins(0, 0, 0, 0)
        pictures.setHorizontalSpacing(4)
        for number, (widget, sign) in enumerate(
            ((self.errors, "×"), (self.inputs, "="), (self.products, ""))
        ):
            pictures.addWidget(widget, 0, 2 * number)
            pictures.setColumnStretch(2 * number, 1)
            if sign:
                between = label(sign, "title")
                between.setContentsMargins(0, _BESIDE_PICTURES, 0, 0)
                pictures.addWidget(between, 0, 2 * number + 1, Qt.AlignmentFlag.AlignTop)
        # Below the pictures, where there is room: the numbers beside them fill their column.
        pictures.addWidget(self.where, 1, 0, 1, 5, Qt.AlignmentFlag.AlignTop)
        pictures.setRowStretch(0, 1)
        numbers = self._numbers = QWidget()
        column = bare(QVBoxLayout(numbers), 2)
        for text in (self.sums, self.rule, self.checked):
            column.addWidget(text)
        column.addStretch(1)
        numbers.installEventFilter(self)
        scroll = self._scroll = QScrollArea()
        scroll.setWidget(numbers)
        scroll.setWidgetResizable(True)
        scroll.setProperty("kind", "plain")
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(8)
        self._halves.addLayout(pictures, 1)
        self._halves.addWidget(scroll, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.example, 1)
        for each in (self.back, self.forward, self.bias, self.check):
            buttons.addWidget(each)
        whole = bare(QVBoxLayout(self), 4)
        whole.addWidget(self.hint)
        whole.addWidget(self._body, 1)
        whole.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()  # Other words, or another font, need another height.
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        """Numbers beside the pictures, or where the page is high below larger ones."""
        high = self.height() >= _HIGH * self.fontMetrics().lineSpacing()
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.TopToBottom if high else direction.LeftToRight)
        lines = self._numbers.heightForWidth(self.width()) if high else 0
        self._scroll.setMinimumHeight(max(0, min(lines, self.height() // 2)))
        self._halves.setStretch(1, 0 if high else 1)

    def _turn(self, by: int) -> None:
        answer = self._why.answer
        if answer is not None:
            explanation = answer.explanation
            self._why.show_example((explanation.example + by) % len(explanation.by_example))

    def _what_to_do(self) -> str:
        return self.tr(
            "Pause, or take one step, and click a weight in the grid: here you see what its "
            "gradient is the sum of, and what the optimizer makes of it."
        )

    def _show(self, answer: Answer | None) -> None:
        asked = self._why
        here = answer is not None or asked.asking
        self.hint.setText(asked.problem or self._what_to_do())
        self.hint.setVisible(not here)
        self._body.setVisible(here)
        # What stays while another answer is looked for keeps the keyboard's focus.
        for each in (self.back, self.forward, self.check, self.example):
            each.setVisible(here)
        if answer is None:
            self._clear()
            return
        explanation = answer.explanation
        self.errors.show_values(explanation.errors)
        self.inputs.show_values(explanation.inputs)
        self.products.show_values(explanation.products)
        count = len(explanation.by_example)
        which = self.tr("next step, {}")
        example = self.tr("example {} of {}").format(explanation.example + 1, count)
        self.example.setText(f"{which.format(answer.step + 1)} · {example}")
        self.sums.setText("\n".join(sum_lines(answer)))
        self.rule.setText("\n".join(rule_lines(answer)))
        self.where.setText("\n".join(where_lines(answer.rule)))
        self.checked.setVisible(answer.checked is not None)
        if answer.checked is not None:
            self.checked.setText(slope_text(answer.checked))
            self.checked.setToolTip(self.tr("ε = {:g}").format(answer.checked.epsilon))
        said = (self.sums, self.rule, self.where)
        self.setAccessibleDescription(" ".join(text.text() for text in said))

    def _clear(self) -> None:
        for picture in (self.errors, self.inputs, self.products):
            picture.show_values(None)
        for text in (self.sums, self.rule, self.where, self.checked, self.example):
            text.clear()
        self.setAccessibleDescription("")


def sum_lines(answer: Answer) -> tuple[str, str]:
    """The sum over positions, and over the batch."""
    explanation = answer.explanation
    one = explanation.by_example[explanation.example]
    count = len(explanation.by_example)
    return f"Σ positions = {Local(one):+.4g}", f"Σ {count} examples = {_gradient_text(answer)}"


def rule_lines(answer: Answer) -> list[str]:
    """The optimizer's rule, from the gradient to the weight's next value."""
    first, *middle, last = answer.rule
    gradient = _gradient_text(answer)
    lines = [f"{first.formula} = {gradient}"]
    if gradient != localised(first.text):
        lines.append(_tr("in more digits, g = {}").format(localised(first.text)))
    lines += [f"{line.formula} = {localised(line.text)}" for line in middle]
    last_formula = _tr("frozen: {}").format(FROZEN) if last.formula == FROZEN else last.formula
    return [*lines, last_formula, f"  {localised(last.text)}"]


def slope_text(slope: Slope) -> str:
    """What the check has measured."""
    if slope.kink:
        text = _tr(
            "The loss has a kink at this value:\nslope {:+.4g} just below it, {:+.4g} just above it"
        )
        return text.format(Local(slope.below), Local(slope.above))
    return f"(L₊ − L₋) / 2ε = {Local(slope.across):+.4g}"


def _gradient_text(answer: Answer) -> str:
    """The gradient that training used, with the digits in which it is the sum that is shown.

    Both are sums of the same products, but rounded in another order: where the products nearly
    cancel, the last digits of the two are noise.
    """
    used = answer.explanation.gradient
    total = float(answer.explanation.by_example.sum())
    forms = [f"+.{digits}g" for digits in (4, 3, 2, 1)]
    forms += [f"+.{decimals}f" for decimals in range(9, 0, -1)]
    texts = ((format(Local(used), form), format(Local(total), form)) for form in forms)
    return next((one for one, other in texts if one == other), "≈ +0")


def _tr(text: str) -> str:
    return QCoreApplication.translate("WhyPage", text)

"""A run: played, stepped, begun anew, set up, replayed, frozen and asked about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from tests.driver.action import KEY, Group, action
from tests.views.hand import Hand

FEW_STEPS = 2
A_MOMENT = 0.12
"""Seconds in which an answer may come."""

RATES = ["0.01", "1e-3", "1/100", "0", "-1", "nonsense", "1e9"]


class Training(Group):
    """What is under the hand once there is a task."""

    @property
    def panel(self):
        return self.window.train

    def turn_to(self, page):
        """Mostly, bring the page to the front by its button where the task has it."""
        pages = self.panel.pages
        if self.random.random() < 0.8:
            self.click(pages.button_of(page))
        return page.isVisible()

    def take_steps(self):
        """A few steps, one after the other."""
        for _ in range(FEW_STEPS):
            self.click(self.panel.run_controls.step)
            self.stage.wait(lambda: not self.bench.training.running)

    @action(1, changes="training", mode="train")
    def play(self):
        if self.random.random() < 0.5:
            self.click(self.panel.run_controls.play)
        else:
            self.press(self.window, KEY.Key_Space)

    @action(1.5, changes="training", mode="train")
    def pause(self):
        if self.bench.training.running:
            self.click(self.panel.run_controls.play)
            if self.random.random() < 0.5:
                self.stage.wait(lambda: not self.bench.training.running)

    @action(1.5, changes="document", mode="train")
    def take_a_step(self):
        self.click(self.panel.run_controls.step)
        if self.random.random() < 0.4:
            self.stage.wait(lambda: not self.bench.training.running)

    @action(0.3, changes="training", mode="train")
    def train_an_epoch(self):
        self.click(self.panel.run_controls.epoch)

    @action(0.6, changes="training", mode="train")
    def go_on_in_slow_motion(self):
        if self.random.random() < 0.5:
            self.click(self.panel.run_controls.slow)
        else:
            self.press(self.window, KEY.Key_S)

    @action(0.6, mode="train")
    def start_again(self):
        controls = self.panel.run_controls
        self.click(self.random.choice([controls.again, controls.reseed]))

    @action(0.5, changes="training", mode="train")
    def change_the_pace(self):
        speed = self.panel.run_controls.speed
        speed.setValue(self.random.choice([0, 20, 40, speed.maximum(), speed.maximum()]))

    @action(1, changes="training", mode="train")
    def change_the_setup(self):
        setup = self.panel.setup_controls
        names = (
            "batch", "optimizer", "schedule", "mirror", "initializer",
            "epochs", "momentum", "decay", "clip", "shift", "seed",
        )  # fmt: skip
        control = getattr(setup, self.random.choice(names))
        if isinstance(control, QComboBox):
            self.choose(control)
        elif control.isVisible():
            self.press(control, self.random.choice([KEY.Key_Up, KEY.Key_Down]))

    @action(0.6, changes="training", mode="train")
    def change_the_learning_rate(self):
        setup = self.panel.setup_controls
        if self.random.random() < 0.5:
            setup.rate.setValue(self.random.randrange(setup.rate.maximum() + 1))
        else:
            self.type_into(setup.rate_text, self.random.choice(RATES))

    @action(0.8, mode="train")
    def replay(self):
        slider = self.panel.timeline.slider
        if slider.maximum() < FEW_STEPS:
            self.take_steps()
        if slider.isEnabled():
            slider.setValue(self.random.randrange(slider.maximum() + 1))

    @action(0.5, changes="training", mode="train")
    def go_on_from_here(self):
        if not self.panel.timeline.go_on.isVisible():
            self.replay()
        self.click(self.panel.timeline.go_on)

    @action(1.2, changes="view", mode="train")
    def turn_to_a_page(self):
        group = self.panel.pages._group
        self.click(self.random.choice(group.buttons()))

    @action(0.4, changes="view", mode="train")
    def move_a_page_out_or_back(self):
        self.click(self.panel.pages.own_window)

    @action(0.4, mode="train")
    def bring_ones_own_kernels_back(self):
        self.click(self.panel.own)

    @action(0.5, changes="view", mode="train")
    def change_the_scale_of_steps(self):
        self.click(self.panel.timeline.log)

    @action(0.8, changes="training", mode="train")
    def ask_why(self):
        page = self.panel.pages.why
        if self.turn_to(page):
            grid = self.window.kernel.grids.grids[0]
            Hand(grid).click(self.point_in(grid))
            if self.bench.training.run is not None and not self.bench.training.running:
                self.stage.wait(lambda: self.bench.why.answer is not None, A_MOMENT)
            self.click(self.random.choice([page.back, page.forward, page.bias, page.check]))

    @action(0.8, mode="train")
    def look_at_the_classes(self):
        page = self.panel.pages.classes
        if self.turn_to(page):
            self.stage.wait(lambda: self.bench.classes.report is not None, A_MOMENT)
            self.click(page.mistaken)
            Hand(page.list).click(self.point_in(page.list))
            Hand(page.matrix).hover(self.point_in(page.matrix))

    @action(0.8, changes="selection", mode="train")
    def look_at_a_patch(self):
        page = self.panel.pages.patches
        has_task = self.bench.training.task is not None
        if has_task and self.turn_to(page) and self.stage.wait(page.list.isVisible, A_MOMENT):
            Hand(page.list).click(self.point_in(page.list))
            self.press(page.list, self.random.choice([KEY.Key_Right, KEY.Key_Return]))

    @action(0.8, changes="view", mode="train")
    def compare_runs(self):
        page = self.panel.pages.runs
        view = page.view
        if self.turn_to(page) and view.isVisible():
            index = self.bench.runs.index(self.random.randrange(self.bench.runs.rowCount()))
            view.setCurrentIndex(index)
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            self.bench.runs.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    @action(0.6, changes="view", mode="train")
    def change_the_curves(self):
        curves = self.panel.curves
        if self.random.random() < 0.4:
            curves.smooth.setValue(self.random.randrange(9))
        else:
            self.click(self.random.choice([curves.log, curves.accuracy]))

    @action(0.6, changes="training")
    def freeze(self):
        freezing = self.bench.training.freezing
        selection = self.document.selection
        layer, kernel = selection.layer, selection.kernel
        if self.random.random() < 0.4:
            cells = self.window.kernel.grids.grids[0].chosen_cells()[:1]
            cells = cells or [(0, 0, selection.channel, kernel)]
            held = all(freezing.holds(layer, cell) for cell in cells)
            freezing.set_weights(layer, cells, not held)
        elif self.random.random() < 0.6:
            freezing.set_kernel(layer, kernel, not freezing.is_frozen(layer, kernel))
        else:
            freezing.set_layer(layer, not freezing.is_frozen(layer))

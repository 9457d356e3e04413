"""What is to be learned: every task, from random kernels or from kernels that were kept."""

from __future__ import annotations

from tests.driver.action import Group, action, entries_of
from tests.models.made_tasks import chosen

SHARE_THAT_WAITS = 0.7


class Tasks(Group):
    """The menus of tasks and of transfer."""

    @property
    def panel(self):
        return self.window.train

    def learn(self, menu, words: str) -> None:
        """Choose an entry whose text begins with `words`, and mostly wait for the task."""
        able = [e for e in entries_of(menu) if e.text().startswith(words) and e.isEnabled()]
        if able:
            self.random.choice(able).trigger()
        self.answer()

    def answer(self) -> None:
        """Tell the dialogs which files and folders are meant."""
        material = self.stage.material
        self.stage.answer_dialog([*material.pair], material.classes)
        self.settle(SHARE_THAT_WAITS)

    @action(0.6, mode="train")
    def copy_a_filter(self):
        menu = self.panel.task_menu.actions()[0].menu()
        self.trigger(menu, settles=SHARE_THAT_WAITS)

    @action(0.15, mode="train")
    def ask_which_filter(self):
        self.learn(self.panel.task_menu, "Two pictures")

    @action(0.3, mode="train")
    def classify(self):
        words = self.random.choice(["Classify digits", "Classify clothes", "Classify shapes"])
        self.learn(self.panel.task_menu, words)

    @action(0.15, mode="train")
    def classify_lines(self):
        self.learn(self.panel.task_menu, "Classify lines")

    @action(0.1, mode="train")
    def classify_a_folder(self):
        self.learn(self.panel.task_menu, "Folder, 32")

    @action(0.3, mode="train")
    def restore_the_picture(self):
        menu = self.panel.task_menu.actions()[-self.random.choice([1, 2])].menu()
        self.trigger(menu, settles=SHARE_THAT_WAITS)

    @action(0.15, mode="train")
    def open_the_menu_of_tasks(self):
        self.open_menu(self.panel.task_button)
        self.answer()

    @action(0.3, mode="train")
    def keep_the_present_kernels(self):
        words = self.random.choice(["Classify shapes", "Classify lines", "Folder, 32"])
        self.learn(self.panel.transfer_menu.present, words)

    @action(0.3, mode="train")
    def keep_earlier_kernels(self):
        menu = self.panel.transfer_menu
        menu.popup(self.window.mapToGlobal(self.window.rect().center()))
        self.learn(menu.earlier, "Classify")
        menu.close()

    @action(0.3, changes="", mode="train")
    def open_the_menu_of_transfer(self):
        self.open_menu(self.panel.transfer_button)
        self.answer()

    @action(0.2, changes="view", mode="train")
    def freeze_what_is_kept_or_not(self):
        self.panel.transfer_menu.freeze.trigger()

    @action(0.5, changes="training", mode="train")
    def compare_with_random(self):
        step = self.panel.run_controls.step
        if self.panel.compare.isVisible() and step.isEnabled():
            self.click(step)
            self.stage.wait(self.panel.compare.isEnabled, 0.4)
        self.click(self.panel.compare)

    @action(0.03, mode="train")
    def choose_a_folder_without_classes(self):
        empty = self.stage.material.target
        self.bench.training.choose(chosen("own", folder=empty, side=32))

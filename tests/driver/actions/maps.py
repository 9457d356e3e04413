"""Looking: the gallery of maps, the input, the arithmetic and its play."""

from __future__ import annotations

from tests.driver.action import KEY, NONE, SHIFT, Group, action
from tests.views.hand import Hand


class Maps(Group):
    """What is done with pictures of values."""

    @action(2, changes="selection")
    def point_at_a_map(self):
        view = self.window.maps.view
        hand = Hand(view)
        if self.random.random() < 0.5:
            hand.hover(self.point_in(view))
        else:
            hand.click(self.point_in(view), self.modifier())

    @action(2, changes="view")
    def work_the_gallery(self):
        view = self.window.maps.view
        if self.random.random() < 0.5:
            Hand(view).wheel(self.point_in(view), self.random.choice([120, -120]), self.modifier())
        else:
            keys = [KEY.Key_Left, KEY.Key_Down, KEY.Key_0, KEY.Key_PageDown, KEY.Key_Return]
            self.press(view, self.random.choice(keys))

    @action(0.5, changes="view")
    def zoom_by_keys(self):
        view = self.random.choice([self.window.maps.view, self.window.input.view.canvas])
        keys = [KEY.Key_Plus, KEY.Key_Minus, KEY.Key_0, KEY.Key_Escape, KEY.Key_Tab]
        self.press(view, self.random.choice(keys), self.random.choice([NONE, SHIFT]))

    @action(0.5, changes="view")
    def press_a_gallery_button(self):
        controls = self.window.maps.controls
        self.click(
            self.random.choice(
                [controls.own, controls.common, controls.grey, controls.fit,
                 controls.one_to_one, controls.enlarge]
            )
        )  # fmt: skip

    @action(0.3, changes="view")
    def double_click_a_map(self):
        view = self.window.maps.view
        Hand(view).double_click(self.point_in(view))

    @action(0.3, changes="")
    def save_a_map(self):
        self.window.maps.view.setFocus()
        if self.random.random() < 0.5:
            self.open_menu(self.window.maps.controls.save)
        else:
            view = self.window.maps.view
            self.context_menu(view, self.point_in(view))
        self.stage.answer_dialog([self.stage.material.target / f"map{self.random.randrange(5)}"])

    @action(1, changes="selection")
    def point_at_the_input(self):
        canvas = self.window.input.view.canvas
        hand = Hand(canvas)
        if self.random.random() < 0.6:
            hand.hover(self.point_in(canvas))
        elif self.random.random() < 0.7:
            hand.click(self.point_in(canvas))
        else:
            hand.wheel(self.point_in(canvas), self.random.choice([120, -120]))

    @action(1, changes="view", mode="explore")
    def press_play(self):
        controls = self.window.arithmetic.controls
        self.click(
            self.random.choice(
                [controls.play, controls.forward, controls.back, controls.again, controls.whole]
            )
        )

    @action(0.3, changes="view", mode="explore")
    def change_the_speed_of_play(self):
        slider = self.window.arithmetic.controls.slider
        slider.setValue(self.random.randrange(slider.maximum() + 1))

    @action(0.5, changes="selection", mode="explore")
    def point_at_the_arithmetic(self):
        equation = self.window.arithmetic.equation
        if equation.isVisible():
            hand = Hand(equation)
            hand.hover(self.point_in(equation))
            if self.random.random() < 0.4:
                hand.leave()

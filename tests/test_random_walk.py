"""Twenty thousand user actions in a row: nothing breaks, and undoing all of them undoes all."""

import random

import pytest
from PySide6.QtWidgets import QApplication

from tests.driver.actions.kernels import Kernels
from tests.driver.actions.layers import Layers
from tests.driver.actions.maps import Maps
from tests.driver.actions.pictures import Pictures
from tests.driver.actions.weights import Weights
from tests.driver.stage import Stage

ACTIONS = 20_000
STEPS_A_CHUNK = 1_000
"""Fewer than the document's undo limit, so that a chunk can be undone whole."""


@pytest.fixture
def stage(qapp):
    stage = Stage()
    stage.random = random.Random(1)
    stage.window.input.pad.show()
    yield stage
    stage.close()


def hands(stage):
    """What is done by hand to one layer and its picture."""
    weights, kernels, maps = Weights(stage), Kernels(stage), Maps(stage)
    layers, pictures = Layers(stage), Pictures(stage)
    return [
        weights.turn_wheel_over_a_weight,
        weights.press_a_key_in_the_grid,
        weights.type_a_number,
        weights.drag_a_weight,
        kernels.choose_a_kernel,
        kernels.press_a_key_in_the_bank,
        kernels.press_a_bank_button,
        maps.point_at_a_map,
        maps.work_the_gallery,
        maps.point_at_the_input,
        maps.press_play,
        layers.change_a_setting,
        layers.undo_or_redo,
        lambda: stage.random.random() < 0.1 and pictures.draw_on_the_pad(),
    ]


def test_twenty_thousand_actions_break_nothing_and_are_undone_whole(qtbot, stage, part_of):
    stack, document, actions = stage.document.undo_stack, stage.document, hands(stage)
    first, count = document.session, part_of(ACTIONS)
    for number in range(count):
        stage.random.choice(actions)()
        if number % 20 == 0:
            QApplication.processEvents()
        if stack.index() >= STEPS_A_CHUNK or number == count - 1:
            last, steps = document.session, stack.index()
            stack.setIndex(0)
            assert document.session == first
            if number == count - 1:
                stack.setIndex(steps)
                assert document.session.network == last.network
            first = document.session
            stack.clear()
    qtbot.waitUntil(lambda: not stage.bench.preview.busy)

"""Every task is one click away, and those that ask for files take them."""

import numpy as np
from PIL import Image

from playground.models.training.tasks.task_choices import PairChoice
from tests.models.made_tasks import chosen
from tests.views.train.hands import (
    click,
    entries,
    fill_with_classes,
    paused,
    reached,
    says_step,
)


def test_the_menu_starts_a_task_with_one_click(qtbot, window, training):
    action = next(a for a in entries(window.train.task_menu) if a.text() == "Sobel x")
    with qtbot.waitSignal(training.task_changed):
        action.trigger()
    assert training.task.goal.names == ("Sobel x",)
    assert window.train.task_button.text() == "Copy a filter"


def test_a_picture_is_denoised_with_as_many_kernels_as_are_chosen(qtbot, window, training):
    menus = {a.text(): a.menu() for a in window.train.task_menu.actions() if a.menu()}
    action = next(a for a in menus["Denoise this picture"].actions() if a.text() == "3 kernels")
    with qtbot.waitSignal(training.task_changed):
        action.trigger()
    assert training.network.conv(0).filters == 3


def test_a_folder_of_pictures_becomes_a_task_and_says_what_it_left_out(
    qtbot, window, training, tmp_path
):
    fill_with_classes(tmp_path)
    (tmp_path / "cats" / "broken.png").write_bytes(b"no picture")
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(chosen("own", folder=tmp_path, side=32, colour=True))
    assert training.task.class_names == ("cats", "dogs")
    assert "broken.png" in window.messages.text
    click(window.train.run_controls.step)
    reached(qtbot, training, 1)


def test_two_picture_files_become_a_task(qtbot, window, training, tmp_path):
    pixels = np.random.default_rng(0).integers(0, 255, (60, 50), dtype=np.uint8)
    paths = tmp_path / "before.png", tmp_path / "after.png"
    Image.fromarray(pixels).save(paths[0])
    Image.fromarray(255 - pixels).save(paths[1])
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(PairChoice.of(*paths, 3))
    training.set_pace(None)
    click(window.train.run_controls.play)
    reached(qtbot, training, 3000)
    copying = training
    copying.pause()
    paused(qtbot, copying)
    says_step(qtbot, window.train.pages.target, copying)
    assert "one linear filter did it" in window.train.pages.target.verdict.text()

"""One page at a time, chosen by its button; each task begins with the one that says most of it."""

import pytest

from tests.models.made_tasks import chosen
from tests.views.train.hands import click


def buttons(pages):
    return {button.text(): button for button in pages._group.buttons()}


def shown(pages):
    return pages._stack.currentWidget()


def test_a_task_of_one_picture_begins_with_its_target(window, copying):
    pages = window.train.pages
    assert shown(pages) is pages.target
    assert buttons(pages)["Target"].isChecked()
    assert buttons(pages)["Classes"].isHidden()


def test_a_task_with_classes_begins_with_them(window, lines):
    pages = window.train.pages
    assert shown(pages) is pages.classes
    assert buttons(pages)["Target"].isHidden()


@pytest.mark.parametrize("name", ["why", "patches", "layers", "runs"])
def test_a_click_brings_a_page_to_the_front(window, lines, name):
    pages = window.train.pages
    click(buttons(pages)[name.capitalize()])
    assert shown(pages) is getattr(pages, name)


def test_another_task_turns_the_page_over(qtbot, window, lines, training):
    pages = window.train.pages
    pages.show_page(pages.runs)
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("shapes"))
    assert shown(pages) is pages.classes


def test_in_large_letters_the_buttons_wrap_and_take_no_room_from_the_kernels(window, lines):
    settings, pages = window.bench.settings, window.train.pages
    settings.set_text_points(settings.text_points + 6)
    window.layout().activate()
    assert window.minimumSizeHint().width() <= 1280
    shown = [button for button in buttons(pages).values() if button.isVisible()]
    assert all(pages.rect().contains(button.geometry()) for button in shown)
    assert len(shown) == 6

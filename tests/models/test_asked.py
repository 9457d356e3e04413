"""Questions are asked while somebody looks, and what fails is an answer too."""

import ast
from pathlib import Path

import pytest

import playground.models
from playground.core.errors import PlaygroundError
from playground.models.asked import Asked
from playground.models.worker import LatestWorker


@pytest.fixture
def make(qtbot):
    made = []

    def begin(question, work):
        answers, failures = [], []
        asked = Asked("test", question, work, answers.append, failures.append)
        made.append(asked)
        return asked, answers, failures

    yield begin
    for asked in made:
        asked.close()


def test_nothing_is_asked_before_somebody_looks(qtbot, make):
    asked, answers, _failures = make(lambda: 1, lambda question, control: question)
    asked.plan()
    qtbot.wait(20)
    assert not answers
    asked.set_watched(True)
    asked.plan()
    qtbot.waitUntil(lambda: answers == [1])


def test_what_is_asked_is_what_holds_when_the_time_has_come(qtbot, make):
    value = [1]
    asked, answers, _failures = make(lambda: value[0], lambda question, control: question)
    asked.set_watched(True)
    asked.plan(20)
    value[0] = 2
    qtbot.waitUntil(lambda: answers == [2])


def test_a_failure_is_told_with_its_question(qtbot, make):
    def refuse(question, control):
        raise PlaygroundError("There is no answer.")

    asked, answers, failures = make(lambda: 7, refuse)
    asked.set_watched(True)
    asked.plan()
    qtbot.waitUntil(lambda: bool(failures))
    assert (failures[0].request, failures[0].message) == (7, "There is no answer.")
    assert not answers


def test_nothing_is_asked_after_the_end(qtbot, make):
    asked, answers, _failures = make(lambda: 1, lambda question, control: question)
    asked.set_watched(True)
    asked.plan(10)
    asked.close()
    asked.plan()
    qtbot.wait(30)
    assert not answers


def test_no_worker_can_be_made_without_somebody_to_tell_of_its_failures():
    with pytest.raises(TypeError):
        LatestWorker("test", lambda request, control: None, print)


def test_no_room_connects_a_worker_by_hand():
    """Handlers are given to the constructor, where none can be forgotten."""
    for path in Path(playground.models.__file__).parent.rglob("*.py"):
        if path.name == "worker.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "connect":
                assert "_worker" not in ast.unparse(node.value), path

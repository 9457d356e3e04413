"""Processes that cannot be started, or end at once, are one sentence."""

import pytest

from playground.core.errors import PlaygroundError
from playground.jobs.parallel import crew
from tests.jobs.parallel.test_trainer import parallel, pids


def test_where_no_process_can_be_started_it_says_so(monkeypatch):
    def start(*_arguments, **_options):
        raise OSError("There is no interpreter to start.")

    monkeypatch.setattr(crew, "start", start)
    with pytest.raises(PlaygroundError, match="No worker can be started: There is no interpreter"):
        parallel(2)


def test_a_worker_that_ends_before_it_is_ready_is_noticed(monkeypatch):
    monkeypatch.setattr(crew, "_PROGRAM", "playground.no_such_module")
    with pytest.raises(PlaygroundError, match="ended unexpectedly, with status 1"):
        parallel(3)
    assert pids() == []

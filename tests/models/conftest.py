"""A worker under stress: asked thousands of things by one thread while another answers."""

import pytest
from PySide6.QtCore import QCoreApplication

from playground.models.worker import LatestWorker
from tests.sharing import threads_that_switch_often

LOOKS_TOGETHER = 500
"""Requests between two looks at the answers."""


@pytest.fixture
def ask(qtbot):
    """Ask a worker one thing after the other, hear its answers now and then, and the last one."""
    workers = []

    def go(work, requests, answered):
        failures = []
        worker = LatestWorker("stress", work, answered, failures.append)
        workers.append(worker)
        with threads_that_switch_often():
            for number, request in enumerate(requests):
                worker.submit(request)
                if number % LOOKS_TOGETHER == 0:
                    QCoreApplication.processEvents()
        return failures

    yield go
    for worker in workers:
        worker.close()

"""Another Python finds the package wherever this one has found it."""

import subprocess
import sys

import pytest

from playground.jobs.python_process import start


def test_it_runs_a_module_of_the_package_wherever_it_is_started(tmp_path):
    with start("playground", "--version", stdout=subprocess.PIPE, cwd=tmp_path) as process:
        said = process.stdout.read().decode()
    assert process.returncode == 0
    assert said.strip()


def test_without_an_interpreter_it_says_so(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(OSError, match="no interpreter"):
        start("playground")

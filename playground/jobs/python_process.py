"""Starting another Python with a program of this package in it, however this one was started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import playground


def start(program: str, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """The process of `python -m program arguments`; its output goes nowhere unless `options` say.

    Raises OSError where no process can be started.
    """
    # A program that is frozen into one file has no interpreter that could be asked.
    if getattr(sys, "frozen", False) or not sys.executable:
        raise OSError("There is no interpreter to start.")
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | options
    environment = os.environ | {"PYTHONPATH": _path()}
    command = [sys.executable, "-m", program, *arguments]
    return cast("subprocess.Popen[bytes]", subprocess.Popen(command, env=environment, **options))


def _path() -> str:
    """Where the process finds what this process has found."""
    own = str(Path(playground.__file__).parents[1])
    return os.pathsep.join(dict.fromkeys([*(place for place in sys.path if place), own]))

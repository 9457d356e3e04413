"""What a window holds: memory, threads, processes, and Qt's objects by class."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken


@dataclass(frozen=True)
class Counts:
    """A moment's figures."""

    memory: float
    """MiB that the process holds."""
    threads: int
    """Threads of the process, Qt's and Python's."""
    processes: int
    objects: int
    windows: int
    """Widgets without a parent."""
    by_name: Counter[str] = field(default_factory=Counter)
    """Objects by class, and threads by name."""

    def grown(self, earlier: Counts) -> str:
        """What there is more of than in `earlier`, the most first."""
        more = self.by_name - earlier.by_name
        return ", ".join(f"{name} +{count}" for name, count in more.most_common(12))


def measure(*owners: QObject) -> Counts:
    """Count what belongs to `owners`, every widget, and all that Python knows."""
    process = psutil.Process()
    give_back()
    living = living_objects(*owners)
    return Counts(
        process.memory_info().rss / 2**20,
        process.num_threads(),
        len(process.children(recursive=True)),
        len(living),
        len(QApplication.topLevelWidgets()),
        Counter(map(kind_of, living.values())) + Counter(map("thread {}".format, thread_names())),
    )


def give_back() -> None:
    """Have the C library return what is free: that it keeps it is no growth of ours."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def kind_of(thing: QObject) -> str:
    """Its class, and where that says little, its owner's."""
    name = thing.metaObject().className()
    parent = thing.parent()
    return name if parent is None else f"{name} of {parent.metaObject().className()}"


def living_objects(*owners: QObject) -> dict[int, QObject]:
    """Every QObject that can be reached, by its address."""
    found: dict[int, QObject] = {}

    def add(thing: QObject) -> None:
        if Shiboken.isValid(thing):
            found[Shiboken.getCppPointer(thing)[0]] = thing

    roots: list[QObject] = [*owners, *QApplication.topLevelWidgets(), QApplication.instance()]
    for root in roots:
        add(root)
        for child in root.findChildren(QObject):
            add(child)
    for widget in QApplication.allWidgets():
        add(widget)
    for thing in gc.get_objects():
        if issubclass(type(thing), QObject):
            add(thing)
    return found


def threads_at_work() -> list[str]:
    """Names of Python's and Qt's threads beside the main one."""
    main = threading.main_thread()
    # Python names a thread of Qt's that it has seen Dummy; those are looked at as QThreads.
    own = [t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)]
    names = [thread.name for thread in own if thread is not main]
    for thing in gc.get_objects():
        if issubclass(type(thing), QThread) and Shiboken.isValid(thing) and thing.isRunning():
            names.append(thing.objectName() or type(thing).__name__)
    return names


def thread_names() -> list[str]:
    """What the system calls the threads of this process, where it says so."""
    files = Path("/proc/self/task").glob("*/comm")
    return [file.read_text(encoding="utf-8").strip() for file in files]


def child_processes() -> list[str]:
    """What other processes were started and still run."""
    children = psutil.Process(os.getpid()).children(recursive=True)
    return [" ".join(child.cmdline()) for child in children]


def owned_widgets() -> list[QWidget]:
    """Top-level widgets that are alive."""
    return [w for w in QApplication.topLevelWidgets() if Shiboken.isValid(w)]

"""What every test runs in: no screen, settings of its own, and nothing left behind."""

import gc
import os
import sys
import threading
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QSettings, QStandardPaths, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_PATIENCE_MS = 2000
_SOME_OBJECTS, _MANY_OBJECTS = 2_000, 100_000
_TESTS_BETWEEN = 50
"""Tests between two long collections at most."""
_WAIT_MS = 20_000
"""How long a test waits for what must come; a busy machine is no fault of the program."""

_WORKERS = (QTimer, QThread)


def pytest_addoption(parser):
    parser.addoption(
        "--thorough",
        action="store_true",
        help="run the long suites (random driver, kills, damaged files) whole, not a tenth of each",
    )


@pytest.fixture(scope="session")
def part_of(request):
    """How much of a long suite is run: `part_of(2_000)` is 200, and 2,000 with --thorough.

    `part_of(2_000, 40)` is 50: of the longest, a tenth would take a fifth of all tests' time.
    """
    thorough = request.config.getoption("--thorough")
    return lambda whole, share=10: whole if thorough else whole // share


def pytest_collection_modifyitems(items):
    """The long suites first: what is left at the end is short, and keeps every process at work."""
    items.sort(key=lambda item: "part_of" not in getattr(item, "fixturenames", ()))


def pytest_configure():
    """Collect garbage between tests, on this thread: never on one that computes.

    See playground/app.py for what would happen there.
    """
    gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Collect at length now and then; what is left then is not looked at again until next time.

    Otherwise every look at all objects, as before and after each test of a widget, would take
    longer and longer: that came to more than half of the time of all tests. Before a test nothing
    of the one before is alive: garbage that is passed over could hold addresses of Qt's objects
    that are gone.
    """
    done = item.session.tests_done = getattr(item.session, "tests_done", -1) + 1
    if done % _TESTS_BETWEEN == 0:
        gc.unfreeze()
        gc.collect()
        gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown():
    """Collect, at length where much has come together."""
    young = gc.get_count()[0]
    if young > _MANY_OBJECTS:
        gc.collect()
    elif young > _SOME_OBJECTS:
        gc.collect(1)


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure():
    """Leave what is left of Qt to the end of the process.

    Collecting it piece by piece after the last test, as pytest does, can tear down C++ objects in
    an order that Qt does not survive.
    """
    gc.freeze()


@pytest.fixture
def qtbot(qtbot, monkeypatch):
    """pytest-qt's own, with patience."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        monkeypatch.setattr(qtbot, name, partial(getattr(qtbot, name), timeout=_WAIT_MS))
    return qtbot


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory, monkeypatch):
    """Settings, recent images and data folders of this test alone."""
    folder = tmp_path_factory.mktemp("home")
    for kind in ("config", "data", "cache", "state"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(folder / kind))
    if not sys.platform.startswith("linux"):
        QStandardPaths.setTestModeEnabled(True)
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(folder / "config"))


@pytest.fixture(autouse=True)
def nothing_left_behind(request):
    """Fail a test that leaves a thread, a running timer or a window behind.

    Widgets given to qtbot are closed before this looks.
    """
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    threads = set(threading.enumerate())
    known = {_address(thing) for thing in [*_top_level_widgets(), *_at_work()]}
    yield
    _flush()
    left = [f"thread {thread.name}" for thread in threading.enumerate() if _stays(thread, threads)]
    left += [repr(thing) for thing in _top_level_widgets() if _address(thing) not in known]
    left += [repr(thing) for thing in _at_work() if _address(thing) not in known]
    if not QThreadPool.globalInstance().waitForDone(_PATIENCE_MS):
        left.append("work in the thread pool")
    assert not left, f"left behind: {', '.join(left)}"


def _stays(thread, threads):
    # Python names a thread of Qt's that it has seen Dummy; those are looked at as QThreads.
    if thread in threads or isinstance(thread, threading._DummyThread):
        return False
    thread.join(_PATIENCE_MS / 1000)
    return thread.is_alive()


def _address(thing):
    return Shiboken.getCppPointer(thing)[0]


def _flush():
    """Carry out what deleteLater asked for; it waits for an event loop, and tests have none."""
    application = QApplication.instance()
    if application is not None:
        if application.styleSheet():
            # The next test's widgets shall be as high as if it ran alone.
            application.setStyleSheet("")
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        application.processEvents()
    if _top_level_widgets():
        gc.collect()


def _top_level_widgets():
    return QApplication.topLevelWidgets() if QApplication.instance() is not None else []


def _at_work():
    """Every timer and every thread of Qt's that is known to Python and runs."""
    things = [o for o in gc.get_objects() if issubclass(type(o), _WORKERS) and Shiboken.isValid(o)]
    return [o for o in things if (o.isActive() if isinstance(o, QTimer) else o.isRunning())]

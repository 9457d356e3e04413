"""Whether Qt can open a window on this machine, and if not, what to install or set.

Where no platform plugin works, Qt ends the process by abort(), which Python cannot catch. So the
same steps are taken first, in a way that can fail: the plugin's library is loaded, and a
connection to the display made and closed, as Qt does next anyway. That costs milliseconds. Only
for platforms that are unknown here is Qt itself tried, in a child process.

Run as a program it says whether Qt can draw without a screen: `python -m playground.probe`.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from pathlib import Path

from playground.system_libraries import (
    DRAWING,
    FONT_PACKAGE,
    WAYLAND_WINDOW,
    X11_WINDOW,
    has_fonts,
    how_to_install,
    missing,
    uses_apt,
)

Environment = Mapping[str, str]

_HEADLESS = ("offscreen", "minimal")
_PATIENCE = 10.0
"""Seconds for a display, or Qt in a child process, to answer; a slow network takes some."""

_NO_DISPLAY = (
    "There is no display to open a window on: start it in a desktop session, or set DISPLAY "
    "(ssh -X does); --screenshot works without one."
)
_TRY_QT = """\
import ctypes, resource
ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)  # it must not outlive the process that asks
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from PySide6.QtGui import QGuiApplication
QGuiApplication([])
"""


def prepare(headless: bool, environment: MutableMapping[str, str] | None = None) -> str:
    """Load Qt and see that it can start; returns the sentence that says why not, or "".

    A headless start needs no display: without one, Qt is told to draw offscreen. What the user
    has set in QT_QPA_PLATFORM is left as it is.
    """
    environment = os.environ if environment is None else environment
    problem = _loading_problem(headless)
    if problem or not sys.platform.startswith("linux"):
        return problem
    problem = _platform_problem(environment)
    if problem and headless and not environment.get("QT_QPA_PLATFORM"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
        problem = ""
    return problem or _font_problem()


def main() -> int:
    """Say what is missing for drawing without a screen; the exit status is 1 if anything is."""
    problem = prepare(headless=True, environment={"QT_QPA_PLATFORM": "offscreen"})
    if problem:
        sys.stderr.write(f"{problem}\n")
    return 1 if problem else 0


def _loading_problem(headless: bool) -> str:
    """Why Qt's own libraries cannot be loaded, or ""."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ModuleNotFoundError:
        raise
    except ImportError as error:
        if not missing(DRAWING):
            return f"Qt cannot be loaded ({error}): install PySide6-Essentials again."
        libraries = missing(DRAWING if headless else {**DRAWING, **X11_WINDOW})
        return f"Qt lacks libraries of the system; install them: {how_to_install(libraries)}"
    return ""


def _platform_problem(environment: Environment) -> str:
    """Why none of the platforms that Qt would try can start, or ""."""
    problem = _NO_DISPLAY
    for name in _platforms(environment):
        problem = _CHECKS.get(name, _qt_problem)(environment)
        if not problem:
            break
    return problem


def _font_problem() -> str:
    if has_fonts():
        return ""
    remedy = f": sudo apt-get install {FONT_PACKAGE}" if uses_apt() else ", such as DejaVu Sans."
    return f"The system has no font to show text with; install one{remedy}"


def _platforms(environment: Environment) -> list[str]:
    """The platforms that Qt tries, in its order."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        return [name.partition(":")[0].strip() for name in chosen.split(";") if name]
    wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    return ["wayland"] * bool(wayland) + ["xcb"] * bool(environment.get("DISPLAY"))


def _x11_problem(environment: Environment) -> str:
    display = environment.get("DISPLAY", "")
    if not display:
        return _NO_DISPLAY
    return _plugin_problem("xcb", X11_WINDOW, environment) or _display_problem(
        display, _reaches_x11
    )


def _wayland_problem(environment: Environment) -> str:
    display = environment.get("WAYLAND_DISPLAY") or "wayland-0"
    problem = _plugin_problem("wayland", WAYLAND_WINDOW, environment)
    return problem or _display_problem(display, _reaches_wayland)


def _no_problem(_: Environment) -> str:
    return ""


_CHECKS: Mapping[str, Callable[[Environment], str]] = {
    "xcb": _x11_problem,
    "wayland": _wayland_problem,
    **dict.fromkeys(_HEADLESS, _no_problem),
}


def _plugin_problem(name: str, needs: Iterable[str], environment: Environment) -> str:
    """Why Qt's plugin for a platform cannot be loaded, or ""."""
    from PySide6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    plugins = sorted(folder.glob(f"libq{name}*.so"))
    if not plugins:
        # Another layout than the wheels': Qt alone knows.
        return _qt_problem(environment)
    try:
        ctypes.CDLL(str(plugins[0]))
    except OSError as error:
        libraries = missing(needs)
        if not libraries:
            return f"Qt's part for {name} windows cannot be loaded ({error})."
        return f"Qt lacks libraries for a window; install them: {how_to_install(libraries)}"
    return ""


def _display_problem(display: str, reaches: Callable[[str], bool]) -> str:
    """Why the display cannot be used, or ""; one that never answers counts as unreachable."""
    answers: list[bool] = []
    # A daemon, so that a display that keeps silent does not keep the process.
    asking = threading.Thread(target=lambda: answers.append(reaches(display)), daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    if answers == [True]:
        return ""
    return (
        f"The display {display} cannot be reached: start it in a desktop session, or set DISPLAY "
        "to one that may be used; --screenshot works without one."
    )


def _reaches_x11(display: str) -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _reaches_wayland(display: str) -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_connect.argtypes = [ctypes.c_char_p]
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    connection = wayland.wl_display_connect(os.fsencode(display))
    if connection:
        wayland.wl_display_disconnect(connection)
    return bool(connection)


def _qt_problem(environment: Environment) -> str:
    """Ask Qt itself, in a child process, where an abort does no harm."""
    command = [sys.executable, "-c", _TRY_QT]
    quiet = subprocess.DEVNULL
    try:
        status = subprocess.run(
            command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, timeout=_PATIENCE
        ).returncode
    except subprocess.TimeoutExpired:
        status = 1
    if status == 0:
        return ""
    return (
        f"Qt cannot open a window on the platform {environment.get('QT_QPA_PLATFORM', '')}: "
        "unset QT_QPA_PLATFORM, or set it to offscreen for --screenshot."
    )


if __name__ == "__main__":
    sys.exit(main())

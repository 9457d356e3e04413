"""The system's own libraries that Qt's wheels need on Linux, and the packages that bring them.

Run as a program it prints the packages missing on this machine for drawing without a screen, one
a line: `python3 -m playground.system_libraries`. It needs nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from collections.abc import Iterable, Mapping

DRAWING: Mapping[str, str] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0t64",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Library and Debian package: without these Qt cannot be loaded at all. Their packages bring
others along, such as libX11."""

X11_WINDOW: Mapping[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Library and Debian package: for a window on X11, in addition."""

WAYLAND_WINDOW: Mapping[str, str] = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""Library and Debian package: for a window on Wayland, in addition."""

FONT_PACKAGE = "fonts-dejavu-core"

# From Debian 13 and Ubuntu 24.04 on, packages whose time_t grew to 64 bits carry it in their name.
_BEFORE_T64 = {"bullseye", "bookworm", "focal", "jammy", "kinetic", "lunar", "mantic"}


def missing(libraries: Iterable[str]) -> list[str]:
    """Those of the libraries that cannot be loaded."""
    return [name for name in libraries if not _loads(name)]


def has_fonts() -> bool:
    """Whether the system has a font at all; Qt's wheels bring none."""
    try:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return False
    # FcFontSet begins with the number of fonts. Qt uses the same configuration, initialised here
    # by then, so that nothing is done twice.
    fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(ctypes.c_int)
    fontconfig.FcConfigGetFonts.argtypes = [ctypes.c_void_p, ctypes.c_int]
    fonts = fontconfig.FcConfigGetFonts(None, 0)
    return bool(fonts) and fonts[0] > 0


def packages(libraries: Iterable[str], release: Mapping[str, str] | None = None) -> list[str]:
    """The packages that bring these libraries, by the names they have in this release."""
    known = {**DRAWING, **X11_WINDOW, **WAYLAND_WINDOW}
    codenames = {value for key, value in _release(release).items() if key.endswith("CODENAME")}
    suffix = "t64" if codenames & _BEFORE_T64 else ""
    return list(dict.fromkeys(known[name].removesuffix(suffix) for name in libraries))


def how_to_install(libraries: Iterable[str], release: Mapping[str, str] | None = None) -> str:
    """What to type, or on systems without apt what to look for, as the end of a sentence."""
    if uses_apt(release):
        return f"sudo apt-get install {' '.join(packages(libraries, release))}"
    return f"your system's packages that provide {', '.join(libraries)}"


def uses_apt(release: Mapping[str, str] | None = None) -> bool:
    """Whether this is Debian, Ubuntu or a descendant."""
    facts = _release(release)
    family = f"{facts.get('ID', '')} {facts.get('ID_LIKE', '')}".split()
    return not {"debian", "ubuntu"}.isdisjoint(family)


def main() -> int:
    """Print the packages that are missing for drawing without a screen."""
    lacking = packages(missing(DRAWING))
    if not has_fonts():
        lacking.append(FONT_PACKAGE)
    sys.stdout.write("".join(f"{name}\n" for name in lacking))
    return 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _release(release: Mapping[str, str] | None) -> Mapping[str, str]:
    if release is not None:
        return release
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


if __name__ == "__main__":
    sys.exit(main())

"""Which system libraries are missing, and the packages' names that bring them."""

import pytest

from playground import system_libraries

DEBIAN_12 = {"ID": "debian", "VERSION_CODENAME": "bookworm"}


DEBIAN_13 = {"ID": "debian", "VERSION_CODENAME": "trixie"}


UBUNTU_24 = {"ID": "ubuntu", "ID_LIKE": "debian", "UBUNTU_CODENAME": "noble"}


MINT_21 = {"ID": "linuxmint", "ID_LIKE": "ubuntu debian", "UBUNTU_CODENAME": "jammy"}


FEDORA = {"ID": "fedora"}


@pytest.mark.parametrize(
    ("release", "glib"),
    [
        (DEBIAN_12, "libglib2.0-0"),
        (MINT_21, "libglib2.0-0"),
        (DEBIAN_13, "libglib2.0-0t64"),
        (UBUNTU_24, "libglib2.0-0t64"),
    ],
)
def test_packages_have_the_names_of_the_release(release, glib):
    lacking = ["libGL.so.1", "libglib-2.0.so.0"]
    assert system_libraries.packages(lacking, release) == ["libgl1", glib]
    assert system_libraries.how_to_install(lacking, release) == (
        f"sudo apt-get install libgl1 {glib}"
    )


def test_systems_without_apt_are_told_the_libraries():
    said = system_libraries.how_to_install(["libGL.so.1"], FEDORA)
    assert said == "your system's packages that provide libGL.so.1"


def test_what_is_missing_is_told_apart_from_what_is_there():
    assert system_libraries.missing(["libc.so.6", "libnowhere.so.9"]) == ["libnowhere.so.9"]

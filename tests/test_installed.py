"""A damaged .venv is noticed by run.py before anything is started from it, and made anew."""

import shutil
import sys
import sysconfig
from pathlib import Path

import pytest

from playground import installed
from tests.test_run_script import Checkout, pytestmark  # noqa: F401 — the same stand-ins

INSTALLING_PIP = """\
import os, sys, sysconfig, pathlib
if "install" in sys.argv:
    with open(os.environ["CALLS"], "a") as calls:
        calls.write("pip " + " ".join(sys.argv[1:]) + "\\n")
    if "INSTALL_STATUS" in os.environ:
        sys.exit("There is no internet.")
    site = pathlib.Path(sysconfig.get_path("purelib"))
    assert site.is_relative_to(os.getcwd()), site
    for name, needs, files in (
        ("filter_playground", ["Arrays<3"] + ['checks; extra == "test"'], ["_link.pth"]),
        ("arrays", ['rulers; extra == "all"'], ["arrays/__init__.py", "arrays/core.so.1"]),
        ("checks", [], ["checks/__init__.py", "checks/notes.md"]),
    ):
        info = f"{name}-1.dist-info"
        contents = {file: "# nothing\\n" for file in files} | {
            f"{info}/METADATA": f"Name: {name}\\nVersion: 1\\n"
            + "".join(f"Requires-Dist: {need}\\n" for need in needs),
            f"{info}/RECORD": "".join(f"{f},,\\n" for f in [*files, f"{info}/RECORD"]),
        }
        for file, text in contents.items():
            path = site / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
"""
MENDING = (
    "Part of .venv is damaged: installing Filter Playground into .venv; this can take minutes."
)


@pytest.fixture
def checkout(tmp_path):
    """One whose pip really puts the project and two further packages into .venv."""
    made = Checkout(tmp_path)
    (tmp_path / "modules" / "pip" / "__main__.py").write_text(INSTALLING_PIP)
    (made.folder / "playground").mkdir()
    shutil.copy(installed.__file__, made.folder / "playground")
    return made


def site(checkout):
    base = {"base": str(checkout.folder / ".venv")}
    return Path(sysconfig.get_path("purelib", "venv", vars=base))


DAMAGES = {
    "a package's folder": lambda place: shutil.rmtree(place / "arrays"),
    "a module": lambda place: (place / "arrays" / "__init__.py").unlink(),
    "a module's text": lambda place: (place / "arrays" / "__init__.py").write_text(""),
    "half a library": lambda place: (place / "arrays" / "core.so.1").write_text("# no"),
    "what tells about a package": lambda place: shutil.rmtree(place / "arrays-1.dist-info"),
    "the link to the project": lambda place: (place / "_link.pth").unlink(),
    "all packages": shutil.rmtree,
    "the environment's settings": lambda place: (place.parents[2] / "pyvenv.cfg").unlink(),
    "the list itself": lambda place: (place.parents[2] / "installed.txt").write_bytes(b"a\n\xff\n"),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("task", [[], ["test"]])
def test_what_is_missing_is_installed_again(checkout, task, damage):
    checkout.run(*task)
    DAMAGES[damage](site(checkout))
    mended = checkout.run(*task)
    assert mended.stderr == f"{MENDING}\n"
    assert mended.stdout.startswith("pytest" if task else "app")
    assert len(checkout.installed()) == 1
    again = checkout.run(*task)
    assert again.stderr == ""
    assert checkout.installed() == []


def test_what_the_app_does_not_load_does_not_hold_it_up(checkout):
    checkout.run("test")
    shutil.rmtree(site(checkout) / "checks")
    assert checkout.run().stderr == ""
    assert checkout.run("test").stderr == f"{MENDING}\n"


def test_what_nothing_loads_may_change(checkout):
    checkout.run("test")
    (site(checkout) / "checks" / "notes.md").unlink()
    (site(checkout) / "arrays" / "__pycache__").mkdir()
    assert checkout.run("test").stderr == ""


def test_without_internet_a_damaged_environment_is_said_and_mended_later(checkout):
    checkout.run()
    shutil.rmtree(site(checkout) / "arrays")
    failed = checkout.run(INSTALL_STATUS="1")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.splitlines() == [
        MENDING,
        "There is no internet.",
        "The installation failed, for the reason above (is there internet?): try again.",
    ]
    assert checkout.run().stdout.startswith("app")
    assert (site(checkout) / "arrays").is_dir()


def test_the_app_is_what_it_requires_and_what_that_requires():
    app = {one.metadata["Name"].lower() for one in installed.distributions()}
    assert app >= {"filter-playground", "numpy", "pyside6_essentials", "shiboken6", "pillow"}
    tests = {one.metadata["Name"].lower() for one in installed.distributions(["test"])}
    assert tests - app >= {"pytest", "pytest-xdist", "execnet"}


def test_requirements_count_for_the_extras_that_are_asked_for():
    requirements = ["NumPy<3,>=1.26", 'pytest<10; extra == "test"', "torch; extra == 'oracles'"]
    assert list(installed.required(requirements, [])) == ["numpy"]
    assert list(installed.required(requirements, ["test"])) == ["numpy", "pytest"]


def test_the_running_environment_lists_what_it_loads(tmp_path):
    stamp = tmp_path / "installed.txt"
    stamp.write_text("key test\n")
    installed.main(str(stamp), "test")
    app, _, tests = stamp.read_text(encoding="utf-8").partition("\n")[2].partition("\n\n")
    places = {Path(line.split(" ", 1)[1]) for line in app.splitlines()}
    assert Path(sys.prefix, "pyvenv.cfg") in places
    assert Path(installed.distribution("numpy").locate_file("numpy/__init__.py")) in places
    assert ("/_pytest/" in app, "/_pytest/" in tests) == (False, True)

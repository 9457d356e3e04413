"""The wheel carries everything: installed alone, it opens the window."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent
BUILD = "import sys; from hatchling import build; build.build_wheel(sys.argv[1])"
WITHIN_SECONDS = 60
POSIX = os.name == "posix"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built as `pip wheel .` does, by the build system that pyproject.toml names."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of commands of an empty environment into which the wheel was installed.

    Its dependencies are lent by the running environment, so that nothing is downloaded. A path
    file's own path files are not read: an editable checkout there stays out of sight.
    """
    folder = tmp_path_factory.mktemp("a computer of its own")
    venv.create(folder, with_pip=False)
    packages = sysconfig.get_path("purelib", "venv", vars={"base": str(folder)})
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(packages, "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    return folder / ("bin" if POSIX else "Scripts")


def run(commands, folder, *arguments):
    """Run the installed package; neither the checkout nor the user's settings are in its way."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "DISPLAY")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [commands / ("python" if POSIX else "python.exe"), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=WITHIN_SECONDS,
    )


def test_the_wheel_carries_the_assets_and_no_tests(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "assets").rglob("*")
        if path.is_file() and "pictures" not in path.relative_to(ROOT).parts
    }
    assert shipped
    assert {f"playground/{name}" for name in shipped} <= names
    assert not [name for name in names if name.startswith(("tests/", "assets/", "run.py"))]
    assert not [name for name in names if name.startswith("playground/assets/pictures/")]


def test_the_wheel_brings_the_command(wheel):
    archive = zipfile.ZipFile(wheel)
    (entry,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
    assert "playground = playground.__main__:main" in archive.read(entry).decode()


def test_the_installed_package_is_the_wheels(installed, tmp_path):
    result = run(installed, tmp_path, "-c", "import playground; print(playground.__file__)")
    assert Path(result.stdout.strip()).is_relative_to(installed.parent)


def test_the_window_opens_from_the_wheel(installed, tmp_path):
    result = run(
        installed,
        tmp_path,
        *("-m", "playground", "--screenshot", "window.png", "--size", "1280x720"),
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    with Image.open(tmp_path / "window.png") as picture:
        assert picture.size == (1280, 720)
        assert len(picture.convert("RGB").getcolors(maxcolors=1 << 20)) > 100
    assert [path.name for path in tmp_path.iterdir()] == ["window.png"]

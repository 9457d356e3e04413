"""Open Filter Playground, or pass its tests, on a machine that has only Python 3.11 or newer.

    python3 run.py [ARGUMENTS]          open the app
    python3 run.py test [ARGUMENTS]     run the tests (arguments go to pytest)
    python3 run.py oracles [ARGUMENTS]  run the tests against PyTorch, SciPy and OpenCV

The first start makes .venv beside this file and installs the project into it; later ones install
again only when pyproject.toml or the folder's place has changed, or a part of .venv is damaged.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # Older Pythons must parse this file, and evaluate it up to here.
    sys.exit("Python 3.11 or newer is needed, this is {}.{}.".format(*sys.version_info))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
UV = shutil.which("uv")
STAMP = VENV / "installed.txt"  # A key and the extras, then what playground/installed.py adds.
EXTRAS = {"test": ["test"], "oracles": ["test", "oracles"]}
GET_IT = "install it (on Debian and Ubuntu: sudo apt-get install python3-venv)"


def succeeds(*command: str, quiet: bool = False) -> bool:
    """Whether a command can be started, from the project's folder, and exits with 0."""
    stream = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.call(command, cwd=ROOT, stdout=stream, stderr=stream) == 0
    except OSError:
        return False


def install(extras: list[str]) -> bool:
    """Install the project with uv, else with the environment's own pip, else with this Python's."""
    project = f".[{','.join(extras)}]" if extras else "."
    if UV and succeeds(UV, "pip", "install", "--quiet", "--python", PYTHON, "--editable", project):
        return True
    succeeds(PYTHON, "-m", "ensurepip", quiet=True)  # A pip that is there stays as it is.
    for pip in ([PYTHON, "-m", "pip"], [sys.executable, "-m", "pip", "--python", PYTHON]):
        if succeeds(*pip, "wheel", "--help", quiet=True):  # A damaged pip has a version, no help.
            return succeeds(*pip, "install", "--quiet", "--editable", project)
    sys.exit(f"Python's pip is missing: {GET_IT}.")


def prepare(extras: list[str]) -> None:
    """Bring .venv up to date with pyproject.toml, or make it anew where a file is missing."""
    key = hashlib.sha256(os.fsencode(ROOT) + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    try:
        os.stat(PYTHON)
        stamp, _, files = (STAMP.read_text("utf-8") if STAMP.is_file() else "").partition("\n")
        rows = (files if extras else files.partition("\n\n")[0]).split("\n")
        sizes = (row.split(" ", 1) for row in rows if row)
        whole = all(os.stat(place).st_size == int(size) for size, place in sizes)
    except (OSError, ValueError):
        whole = False
    if whole and stamp.split()[:1] == [key] and set(extras) <= set(stamp.split()):
        return
    whole = whole and succeeds(PYTHON, "-ISc", "import tomllib", quiet=True)  # From 3.11 on.
    start = "Installing" if whole or not VENV.exists() else "Part of .venv is damaged: installing"
    print(f"{start} Filter Playground into .venv; this can take minutes.", file=sys.stderr)
    if not whole:
        shutil.rmtree(VENV, ignore_errors=True)
        made = UV and succeeds(UV, "venv", "--quiet", "--python", sys.executable, str(VENV))
        if not (made or succeeds(sys.executable, "-m", "venv", "--without-pip", str(VENV))):
            sys.exit(f"Python's venv could not make .venv; if it is missing, {GET_IT}.")
    STAMP.unlink(missing_ok=True)
    if not install(extras):
        sys.exit("The installation failed, for the reason above (is there internet?): try again.")
    STAMP.write_text(" ".join([key, *extras]) + "\n", "utf-8")
    succeeds(PYTHON, "-I", str(ROOT / "playground" / "installed.py"), str(STAMP), *extras)


def main(arguments: list[str]) -> None:
    """Prepare the environment, then become the app or pytest."""
    task = arguments[0] if arguments and arguments[0] in EXTRAS else ""
    prepare(EXTRAS.get(task, []))
    command = [PYTHON, "-P", "-m", "playground", *arguments]
    if task:
        if not succeeds(PYTHON, "-m", "playground.probe"):
            sys.exit(1)
        os.chdir(ROOT)
        command = [PYTHON, "-m", "pytest", *["tests/oracles"] * (task == "oracles"), *arguments[1:]]
    if os.name == "posix":
        os.execv(PYTHON, command)
    sys.exit(subprocess.call(command))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"The project's folder could not be prepared: {error}.")

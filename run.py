"""Open Filter Playground, or pass its tests, on a machine that has only Python 3.11 or newer.

    python3 run.py [ARGUMENTS]          open the app
    python3 run.py test [ARGUMENTS]     run the tests (arguments go to pytest)
    python3 run.py oracles [ARGUMENTS]  run the tests against PyTorch, SciPy and OpenCV

The first start makes .venv beside this file and installs the project into it; later ones install
again only when pyproject.toml or the folder's place has changed.
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
STAMP = VENV / "installed.txt"
EXTRAS = {"test": ["test"], "oracles": ["test", "oracles"]}
GET_IT = "install it (on Debian and Ubuntu: sudo apt-get install python3-venv)"


def succeeds(*command: str, quiet: bool = False) -> bool:
    """Whether a command can be started, from the project's folder, and exits with 0."""
    stream = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.call(command, cwd=ROOT, stdout=stream, stderr=stream) == 0
    except OSError:
        return False


def make_environment() -> None:
    """Make .venv, with uv where that is installed, unless a working one is there."""
    if succeeds(PYTHON, "-ISc", "import sys; sys.exit(sys.version_info < (3, 11))", quiet=True):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if UV and succeeds(UV, "venv", "--quiet", "--python", sys.executable, str(VENV)):
        return
    if not succeeds(sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)):
        sys.exit(f"Python's venv could not make .venv; if it is missing, {GET_IT}.")


def install(extras: list[str]) -> bool:
    """Install the project with uv, else with the environment's own pip, else with this Python's."""
    project = f".[{','.join(extras)}]" if extras else "."
    if UV and succeeds(UV, "pip", "install", "--quiet", "--python", PYTHON, "--editable", project):
        return True
    pip, pip_install = ["-m", "pip", "--version"], ["install", "--quiet", "--editable", project]
    if succeeds(PYTHON, *pip, quiet=True) or succeeds(PYTHON, "-m", "ensurepip", quiet=True):
        return succeeds(PYTHON, "-m", "pip", *pip_install)
    if not succeeds(sys.executable, *pip, quiet=True):
        sys.exit(f"Python's pip is missing: {GET_IT}.")
    return succeeds(sys.executable, "-m", "pip", "--python", PYTHON, *pip_install)


def prepare(extras: list[str]) -> None:
    """Bring .venv up to date with pyproject.toml; only a whole installation is stamped."""
    make_environment()
    # The interpreter counts too: a system's upgrade of Python leaves its packages behind.
    facts = [os.path.realpath(PYTHON), str(ROOT), (ROOT / "pyproject.toml").read_text("utf-8")]
    key = hashlib.sha256("\n".join(facts).encode()).hexdigest()
    installed = STAMP.read_text("utf-8").split() if STAMP.is_file() else []
    if installed[:1] == [key] and set(extras) <= set(installed):
        return
    print("Installing Filter Playground into .venv, once; this can take minutes.", file=sys.stderr)
    STAMP.unlink(missing_ok=True)
    if not install(extras):
        sys.exit("The installation failed, for the reason above (is there internet?): try again.")
    STAMP.write_text(" ".join([key, *extras]), "utf-8")


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

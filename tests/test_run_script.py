"""run.py: two commands that do everything on a machine that has only Python."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parent.parent / "run.py"

UV = f"""\
#!{sys.executable}
import os, pathlib, subprocess, sys
with open(os.environ["CALLS"], "a") as calls:
    calls.write("uv " + " ".join(sys.argv[1:]) + "\\n")
if sys.argv[1] == "venv":
    subprocess.check_call([sys.executable, "-m", "venv", "--without-pip", sys.argv[-1]])
sys.exit(int(os.environ.get("INSTALL_STATUS", "0")) if sys.argv[1] == "pip" else 0)
"""
PIP = """\
import os, sys
inside = sys.prefix != sys.base_prefix and "PIPLESS" in os.environ
if inside or "NO_PIP" in os.environ:
    sys.exit(1)
with open(os.environ["CALLS"], "a") as calls:
    calls.write("pip " + " ".join(sys.argv[1:]) + "\\n")
sys.exit(int(os.environ.get("INSTALL_STATUS", "0")) if "install" in sys.argv else 0)
"""
REPORT = """\
import os, sys
print({name!r}, os.getcwd(), *sys.argv[1:])
sys.exit(int(os.environ.get("STATUS", "0")))
"""


class Checkout:
    """A copy of run.py in a folder with spaces, with stand-ins for what it starts."""

    def __init__(self, folder: Path):
        self.folder = folder / "a school's folder"
        self.elsewhere = folder / "elsewhere"
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        modules = folder / "modules"
        for made in (self.folder, self.elsewhere, self.bin):
            made.mkdir()
        shutil.copy(RUN, self.folder)
        (self.folder / "pyproject.toml").write_text("[project]\n")
        for package, text in {
            "playground": REPORT.format(name="app"),
            "pytest": REPORT.format(name="pytest"),
            "pip": PIP,
            "ensurepip": "raise SystemExit(1)",
        }.items():
            (modules / package).mkdir(parents=True)
            (modules / package / "__init__.py").touch()
            (modules / package / "__main__.py").write_text(text)
        (modules / "playground" / "probe.py").write_text(
            "import os, sys\nsys.exit(os.environ.get('PROBLEM'))"
        )
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_"))},
            "PATH": str(self.bin),
            "PYTHONPATH": str(modules),
            "CALLS": str(self.calls),
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        self.calls.write_text("")
        return subprocess.run(
            [sys.executable, str(self.folder / "run.py"), *arguments],
            cwd=self.elsewhere,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self) -> list[str]:
        return [line for line in self.calls.read_text().splitlines() if " install " in line]

    def install_uv(self) -> None:
        (self.bin / "uv").write_text(UV)
        (self.bin / "uv").chmod(0o755)


pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are POSIX scripts")


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_the_app_gets_the_arguments_in_the_users_folder(checkout):
    result = checkout.run("photo of me.jpg", "--theme", "dark")
    assert result.stdout == f"app {checkout.elsewhere} photo of me.jpg --theme dark\n"


def test_the_tests_get_the_arguments_in_the_projects_folder(checkout):
    result = checkout.run("test", "-k", "stride")
    assert result.stdout == f"pytest {checkout.folder} -k stride\n"
    assert checkout.installed()[0].endswith("--editable .[test]")


def test_the_oracles_tests_come_with_the_oracles(checkout):
    result = checkout.run("oracles", "-x")
    assert result.stdout == f"pytest {checkout.folder} tests/oracles -x\n"
    assert checkout.installed()[0].endswith("--editable .[test,oracles]")


@pytest.mark.parametrize("status", [0, 1, 2, 5])
@pytest.mark.parametrize("task", [[], ["test"]])
def test_the_exit_status_is_passed_on(checkout, task, status):
    assert checkout.run(*task, STATUS=str(status)).returncode == status


def test_it_installs_once(checkout):
    assert "Installing" in checkout.run().stderr
    assert len(checkout.installed()) == 1
    assert checkout.run().stderr == ""
    assert checkout.installed() == []


def test_it_installs_again_when_pyproject_changed(checkout):
    checkout.run()
    (checkout.folder / "pyproject.toml").write_text("[project] # another\n")
    checkout.run()
    assert len(checkout.installed()) == 1


def test_it_installs_again_when_the_folder_was_moved(checkout):
    checkout.run()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("moved"))
    checkout.run()
    assert len(checkout.installed()) == 1


def test_the_apps_installation_is_extended_for_the_tests_but_not_back(checkout):
    checkout.run()
    checkout.run("test")
    assert len(checkout.installed()) == 1
    checkout.run()
    assert checkout.installed() == []


def test_a_failed_installation_is_said_and_tried_again(checkout):
    failed = checkout.run(INSTALL_STATUS="1")
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert "The installation failed" in failed.stderr.splitlines()[-1]
    assert checkout.run().stdout.startswith("app")
    assert len(checkout.installed()) == 1


def test_uv_makes_and_fills_the_environment_where_it_is_installed(checkout):
    checkout.install_uv()
    assert checkout.run("test").stdout.startswith("pytest")
    made, filled = checkout.calls.read_text().splitlines()
    assert made.startswith("uv venv")
    assert filled.startswith("uv pip install")
    assert filled.endswith(".[test]")


def test_pip_helps_where_uv_cannot_install(checkout):
    checkout.install_uv()
    uv = checkout.bin / "uv"
    uv.write_text(uv.read_text().replace('os.environ.get("INSTALL_STATUS", "0")', "1"))
    assert checkout.run().stdout.startswith("app")
    assert checkout.installed()[-1].startswith("pip install")


def test_an_environment_without_pip_is_filled_by_this_pythons(checkout):
    # Through the folder's own Python, which is not inside an environment.
    base = str(Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}"))
    environment = checkout.environment | {"PIPLESS": "yes"}
    command = [base, str(checkout.folder / "run.py")]
    subprocess.run(command, cwd=checkout.elsewhere, env=environment, check=True)
    assert f"pip --python {checkout.folder}/.venv/bin/python install" in checkout.installed()[0]


def test_a_machine_without_pip_is_told_what_to_install(checkout):
    result = checkout.run(NO_PIP="yes")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        "Python's pip is missing: "
        "install it (on Debian and Ubuntu: sudo apt-get install python3-venv)."
    )


def test_a_broken_environment_is_made_anew(checkout):
    checkout.run()
    python = checkout.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    assert checkout.run().stdout.startswith("app")
    assert len(checkout.installed()) == 1


def test_an_environment_of_the_users_own_is_kept(checkout):
    own = checkout.folder / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(own)], check=True)
    (own / "notes.txt").touch()
    assert checkout.run().stdout.startswith("app")
    assert len(checkout.installed()) == 1
    assert (own / "notes.txt").exists()


def test_an_environment_of_an_old_python_is_made_anew(checkout):
    checkout.run()
    (checkout.folder / ".venv" / "installed.txt").unlink()
    python = checkout.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    assert checkout.run().stdout.startswith("app")


def test_missing_system_libraries_are_said_before_the_tests(checkout):
    result = checkout.run("test", PROBLEM="Qt lacks libraries.")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1] == "Qt lacks libraries."


def test_a_folder_that_cannot_be_prepared_is_said_in_a_sentence(checkout):
    (checkout.folder / "pyproject.toml").unlink()
    result = checkout.run()
    assert result.returncode == 1
    assert result.stderr.startswith("The project's folder could not be prepared")
    assert "Traceback" not in result.stderr


def test_an_old_python_is_told_so_in_one_sentence():
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 6))
    pretend = (
        f"import sys; sys.version_info = (3, 6, 15); sys.argv = [{str(RUN)!r}]; "
        f"exec(compile(open({str(RUN)!r}).read(), 'run.py', 'exec'))"
    )
    result = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert result.stderr == "Python 3.11 or newer is needed, this is 3.6.\n"


def test_it_is_small_and_needs_the_standard_library_alone():
    text = RUN.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    names = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module]
        )
    }
    assert names <= sys.stdlib_module_names

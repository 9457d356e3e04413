"""The house's floors and the measures that tell when a room has gone wrong."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "playground"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 300
ITEM_WIDGETS = {"QTableWidget", "QListWidget", "QTreeWidget"}
THREADS = {"threading", "multiprocessing", "concurrent", "asyncio", "_thread"}


def floor(name):
    return sorted((PACKAGE / name).rglob("*.py"))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    """Every module and name that a file imports, dotted: PySide6.QtCore, PySide6.QtCore.QSize."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = f"{'.' * node.level}{node.module or ''}"
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def offenders(paths, *forbidden):
    """Where one of the forbidden modules, or a part of it, is imported."""
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path in paths
        for name in imported(path)
        if any(name == module or name.startswith(f"{module}.") for module in forbidden)
    ]


def test_a_floor_imports_only_from_floors_below_it():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_core_has_no_threads():
    assert offenders(floor("core"), *THREADS) == []


def test_the_core_imports_numpy_and_the_standard_library_alone():
    allowed = {*sys.stdlib_module_names, "numpy", "playground"}
    others = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in floor("core")
        for name in imported(path)
        if name.split(".")[0] not in allowed
    }
    assert others == set()


def test_models_know_no_widgets_and_no_plots():
    allowed = ("PySide6.QtCore", "PySide6.QtGui")
    others = [
        found
        for found in offenders(floor("models"), "PySide6", "pyqtgraph")
        if not found.split(": ")[1].startswith(allowed)
    ]
    assert others == []


def test_views_touch_no_files():
    assert offenders(floor("views"), "playground.files", "PIL", "io", "shutil", "tempfile") == []
    opened = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in floor("views")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]
    assert opened == []


def test_views_call_of_the_core_only_what_writes_numbers():
    """Results come from models; types and tables of kinds are free."""
    writing = {"chance", "percent", "format_block", "format_number", "format_weight"}
    used = {
        name
        for path in floor("views")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("playground.core")
        for name in (alias.name for alias in node.names)
        if name.islower()
    }
    assert used == writing


def test_imports_are_absolute():
    assert [path for path in FILES for name in imported(path) if name.startswith(".")] == []


def test_tables_and_lists_have_models_not_items():
    used = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in FILES
        for name in imported(path)
        if name.split(".")[-1] in ITEM_WIDGETS
    }
    assert used == set()


def test_nothing_is_unpickled_or_evaluated():
    assert offenders(FILES, "pickle", "shelve", "marshal", "dill", "joblib") == []
    called = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec", "print"}
    ]
    assert called == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_has_one_purpose_and_says_it(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_FILE
    assert ast.get_docstring(tree(path)), "the module has no docstring"

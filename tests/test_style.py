"""Lint, format and types, as the configuration in pyproject.toml has them."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "--quiet"], ["ruff", "format", "--check", "--quiet"], ["mypy"]],
    ids=["lint", "format", "types"],
)
def test_the_code_is_clean(command):
    result = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_number_is_shown_with_a_mark_between_its_thousands():
    """1,234 and 1.234 both mean 1.234 to some reader."""
    grouped = re.compile(r"\{[^{}]*:[^{}]*[,_](\.\d+)?[dfgen%]?\}")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted((ROOT / "playground").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr)
        for match in grouped.finditer(ast.unparse(node))
    ]
    assert found == []

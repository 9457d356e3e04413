"""The pages about the house name what is there: a file that moves takes its name along."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
NAMED = re.compile(r"`((?:[\w<>.-]+/)*[\w<>]+\.py)`")


def named(page):
    return sorted(set(NAMED.findall(page.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page):
    files = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("*.py")}
    files |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "playground").rglob("*.py")}
    files |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")}
    missing = [
        name
        for name in named(page)
        if "<" not in name and not any(f"/{file}".endswith(f"/{name}") for file in files)
    ]
    assert missing == []


def test_every_room_is_in_the_picture():
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    picture = page.split("```")[1]
    rooms = {
        path.name
        for floor in ("views", "models", "jobs", "files", "core")
        for path in (ROOT / "playground" / floor).iterdir()
        if (path / "__init__.py").exists()
    }
    assert {room for room in rooms if not re.search(rf"\b{room}\b", picture)} == set()

"""The command line: what it accepts, and one sentence for everything else."""

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from playground import __version__, cli, probe
from playground.core.errors import PlaygroundError
from playground.options import Options


@pytest.fixture
def app(monkeypatch):
    """A stand-in for the app that notes what it was asked for."""
    stand_in = SimpleNamespace(asked=[], status=0, problem=None)

    def run(options):
        stand_in.asked.append(options)
        if stand_in.problem:
            raise stand_in.problem
        return stand_in.status

    stand_in.run = run
    monkeypatch.setitem(sys.modules, "playground.app", stand_in)
    monkeypatch.setattr(probe, "prepare", lambda headless: "")
    return stand_in


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.png"
    Image.fromarray(np.arange(4096, dtype=np.uint32).reshape(64, 64).astype(np.uint8)).save(path)
    return path


@pytest.fixture
def in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def complaint(capsys, *arguments):
    """The sentence that these arguments are answered with."""
    assert cli.main([str(argument) for argument in arguments]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.startswith("playground: ")
    assert written.err.count("\n") == 1
    return written.err.removeprefix("playground: ").rstrip("\n")


def test_without_arguments_the_window_opens(app):
    assert cli.main([]) == 0
    assert app.asked == [Options()]


def test_everything_that_can_be_asked_for(app, photo, tmp_path):
    out = tmp_path / "out.png"
    asked = ["--screenshot", out, photo, "--size", "1440x900", "--theme", "Dark"]
    assert cli.main([*map(str, asked), "--log-level", "DEBUG"]) == 0
    assert app.asked == [
        Options(image=photo, screenshot=out, size=(1440, 900), theme="dark", log_level="debug")
    ]


def test_names_are_taken_from_the_current_folder(app, photo, in_folder):
    assert cli.main(["--screenshot", "out.jpg", "photo.png"]) == 0
    assert app.asked[0].image == photo
    assert app.asked[0].screenshot == photo.with_name("out.jpg")


def test_an_image_may_be_named_like_an_option(app, photo, in_folder):
    photo.rename("-dashing.png")
    assert cli.main(["--", "-dashing.png"]) == 0
    assert app.asked[0].image.name == "-dashing.png"


def test_the_apps_exit_status_is_the_commands(app):
    app.status = 7
    assert cli.main([]) == 7


def test_what_the_app_cannot_do_is_a_sentence(app, capsys):
    app.problem = PlaygroundError("The disk is full.")
    assert complaint(capsys) == "The disk is full."


def test_an_interrupted_command_ends_quietly(app, capsys):
    app.problem = KeyboardInterrupt()
    assert cli.main([]) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--colour"], "Unknown option --colour; playground --help lists the options."),
        (["--them", "dark"], "Unknown option --them; playground --help lists the options."),
        (["--theme", "blue"], "--theme can be light or dark, not 'blue'."),
        (["--theme"], "--theme needs a value; playground --help lists the options."),
        (["--size", "big"], "--size needs a width and a height such as 1440x900, not 'big'."),
        (["--size", "-5x900"], None),
        (["--size", "99x99"], "--size 99x99 does not fit: from 960x600 to 7680x4320 is possible."),
        (["--size", "99999x900"], None),
        (["--size", "1440"], None),
        (["--log-level", "loud"], "--log-level can be debug, info, warning or error, not 'loud'."),
        (["a", "b", "c"], "One image can be opened at a time, but 3 were named: a, b, c."),
        (["--screenshot"], "--screenshot needs a value; playground --help lists the options."),
    ],
)
def test_a_mistake_is_answered_in_one_sentence(app, capsys, arguments, sentence):
    said = complaint(capsys, *arguments)
    assert sentence is None or said == sentence
    assert app.asked == []


def test_a_bad_image_is_answered_before_a_window_opens(app, capsys, photo, tmp_path):
    text, cut = tmp_path / "notes.png", tmp_path / "cut.png"
    text.write_text("not a picture\n" * 20)
    cut.write_bytes(photo.read_bytes()[:-60])
    assert "There is no file" in complaint(capsys, tmp_path / "gone.png")
    assert "There is no file" in complaint(capsys, tmp_path / ("x" * 5000))
    assert "is a folder" in complaint(capsys, tmp_path)
    assert "is not a picture" in complaint(capsys, text)
    assert "is damaged" in complaint(capsys, cut)
    assert app.asked == []


def test_a_screenshot_that_cannot_be_written_is_answered_at_once(app, capsys, photo, tmp_path):
    def refused(target, *more):
        return complaint(capsys, "--screenshot", target, *more)

    before = sorted(tmp_path.iterdir())
    assert "is a folder" in refused(tmp_path)
    assert "There is no folder" in refused(tmp_path / "nowhere" / "out.png")
    assert "ends in .png or .jpg, not out.gif" in refused(tmp_path / "out.gif")
    assert "ends in .png or .jpg" in refused(tmp_path / "out")
    assert "cannot be written" in refused(tmp_path / ("x" * 300 + ".png"))
    assert "would replace the image" in refused(photo, photo)
    assert "There is no folder" in refused(photo / "out.png")
    assert sorted(tmp_path.iterdir()) == before
    assert app.asked == []


def test_a_file_that_is_there_is_not_emptied_by_the_check(app, photo, tmp_path):
    kept = tmp_path / "kept.png"
    kept.write_bytes(b"old")
    app.status = 1
    cli.main(["--screenshot", str(kept), str(photo)])
    assert kept.read_bytes() == b"old"


def test_a_machine_without_a_display_is_told_so_with_status_1(app, monkeypatch, capsys):
    monkeypatch.setattr(probe, "prepare", lambda headless: "There is no display.")
    assert cli.main([]) == 1
    assert capsys.readouterr().err == "playground: There is no display.\n"
    assert app.asked == []


def test_a_missing_package_is_said_with_status_1(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "playground.app", None)

    def prepare(headless):
        raise ModuleNotFoundError("No module named 'PySide6'", name="PySide6")

    monkeypatch.setattr(probe, "prepare", prepare)
    assert cli.main([]) == 1
    assert "PySide6 is not installed here" in capsys.readouterr().err


def test_without_a_stderr_the_status_alone_tells(app, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["--colour"]) == 2


@pytest.mark.parametrize("option", ["--version", "--help", "--colour"])
def test_simple_answers_do_not_load_qt_or_numpy(option):
    loaded = (
        "import sys; from playground.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('PySide6', 'numpy', 'PIL')))"
    )
    command = [sys.executable, "-c", loaded, option]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert __version__ in result.stdout or option != "--version"


@pytest.mark.parametrize("name", ["none\udcff.png", "two\nlines.png", "a" * 100_000])
def test_a_name_that_is_no_text_is_said_in_one_printable_line(name, capsys):
    assert cli.main([name]) == 2
    said = capsys.readouterr().err
    assert said.endswith("\n")
    assert said[:-1].isprintable()
    assert len(said) < 500

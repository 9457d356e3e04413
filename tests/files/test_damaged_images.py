"""Two thousand damaged picture files: each opens or gives a sentence."""

from __future__ import annotations

import gc
import time
from collections import Counter

import psutil
import pytest

from playground.core.errors import PlaygroundError
from playground.files.images import load_picture, probe
from playground.files.sources import BytesSource
from tests.files.mutations import damaged_files, whole_files

COUNT, SEED = 2000, 20
LONGEST_S = 2.0
GROWTH_MB = 40


@pytest.mark.parametrize("format", sorted(whole_files()))
def test_the_files_are_fine_before_they_are_damaged(format):
    picture = load_picture(BytesSource(format, whole_files()[format]), 512, "rgb")
    assert picture.pixels.min() >= 0
    assert picture.pixels.max() <= 1


def test_damage_is_the_same_every_time():
    assert list(damaged_files(100, SEED)) == list(damaged_files(100, SEED))


def test_2000_damaged_files_open_or_give_a_sentence(capfd):
    process = psutil.Process()
    ends: Counter[str] = Counter()
    settled = 0
    for number, (name, data) in enumerate(damaged_files(COUNT, SEED)):
        if number == COUNT // 4:
            # By now every decoder has been loaded and has had its say.
            settled = _memory(process)
        outcome, seconds = _timed(name, data)
        ends[outcome] += 1
        # A hang comes again; a machine that was busy with something else does not.
        assert seconds < LONGEST_S or _timed(name, data)[1] < LONGEST_S, name
    assert ends["opened"] > COUNT / 10
    assert ends["refused"] > COUNT / 10
    assert _memory(process) - settled < GROWTH_MB * 2**20
    assert capfd.readouterr().err == ""


def _timed(name: str, data: bytes) -> tuple[str, float]:
    start = time.perf_counter()
    outcome = _outcome(name, data)
    return outcome, time.perf_counter() - start


def _outcome(name: str, data: bytes) -> str:
    source = BytesSource(name, data)
    try:
        probe(source)
        picture = load_picture(source, 512, "rgb")
    except PlaygroundError as error:
        sentence = str(error)
        assert name in sentence
        assert "\n" not in sentence
        assert sentence.endswith(".")
        return "refused"
    assert picture.pixels.size > 0
    assert picture.pixels.min() >= 0, name
    assert picture.pixels.max() <= 1, name
    return "opened"


def _memory(process: psutil.Process) -> int:
    gc.collect()
    return int(process.memory_info().rss)

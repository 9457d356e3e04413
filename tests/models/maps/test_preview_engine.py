"""What the preview's worker hands out stays what it was, however much is asked behind it."""

import hashlib

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.core.pictures.feature_maps import View
from playground.core.pictures.picture import Picture
from playground.core.specs import ActivationSpec, BlockSpec, Conv2DSpec, Pool2DSpec
from playground.models.maps.preview_engine import PreviewEngine, PreviewRequest

MAPS = 6_000


def test_maps_that_were_handed_out_never_change(qtbot, ask, part_of):
    rng = np.random.default_rng(0)
    pictures = [picture(rng, size) for size in ((24, 31), (17, 40))]
    engine, seen, newest = PreviewEngine(), [], [0]

    def work(request, control):
        result = engine.work(request, control)
        # Seen here, before the window has it, and again once the engine has gone on.
        return None if result is None else (result, digest(result))

    def answered(answer):
        result = answer[0]
        assert result.number >= newest[0]
        newest[0] = result.number
        seen.append(answer)
        # What was handed out a while ago, and is still shown perhaps.
        earlier = seen[int(rng.integers(len(seen)))]
        assert digest(earlier[0]) == earlier[1]
        del seen[:-50]

    count = part_of(MAPS)

    def requests():
        for number in range(1, count + 1):
            # One is being answered and one waits, as while a weight is dragged.
            while newest[0] < number - 2:
                QCoreApplication.processEvents()
            yield request(rng, number, pictures)

    failures = ask(work, requests(), answered)
    qtbot.waitUntil(lambda: newest[0] == count)
    assert not failures
    for result, known in seen:
        assert digest(result) == known


def picture(rng, size):
    pixels = rng.random((*size, 1), np.float32)
    pixels.flags.writeable = False
    return Picture(pixels, "noise", size[::-1])


KERNELS = 3


def request(rng, number, pictures):
    """Mostly a weight more or less; now and then another picture, layer before, or view."""
    about = np.random.default_rng(number // 20)
    kernel = about.normal(size=(3, 3, 1, KERNELS)).astype(np.float32)
    kernel[1, 1, 0, number % KERNELS] = number
    names = tuple("abc")
    conv = Conv2DSpec(kernel, np.zeros(KERNELS, np.float32), names, padding="same")
    before = ()
    if about.random() < 0.3:
        ones = np.full((3, 3, 1, 1), 0.1, np.float32)
        before = (Conv2DSpec(ones, np.zeros(1, np.float32), ("before",)), ActivationSpec("relu"))
    pool = Pool2DSpec("max", 2) if about.random() < 0.3 else None
    view = View(width_px=int(rng.choice([8, 500])))
    block = BlockSpec(conv, ActivationSpec("relu"), pool)
    chosen = pictures[int(about.integers(2))]
    return PreviewRequest(number, chosen, before, block, (0, 1, 2), view, bool(rng.random() < 0.5))


def digest(result):
    """Everything that is drawn of a result."""
    made = hashlib.blake2b(result.given.tobytes())
    for kernel, drawn in sorted(result.maps.items()):
        made.update(f"{kernel} {drawn.level} {drawn.window} {drawn.stats}".encode())
        made.update(drawn.values.tobytes())
    return made.digest()

"""What is said of a restored picture is measured: its error, what a kernel could do, and why."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core import conv2d
from playground.core.claims import Claim
from playground.core.network.building import with_weights
from playground.core.specs import ActivationSpec, Conv2DSpec, NetworkSpec
from playground.core.tasks import denoise, restoration
from playground.core.tasks.restoration import best_kernel, loss_trend, restore


def picture(height=40, width=50, channels=1):
    """Smooth, with edges, in [0, 1]."""
    rng = np.random.default_rng(3)
    values = np.cumsum(np.cumsum(rng.normal(size=(height, width, channels)), 0), 1)
    values = (values - values.min()) / np.ptp(values)
    values[10:20, 10:25] = 1 - values[10:20, 10:25]
    return values.astype(np.float32)


def identity(factor=1.0, bias=0.0, channels=1, maps=None):
    maps = channels if maps is None else maps
    kernel = np.zeros((5, 5, channels, maps), np.float32)
    kernel[2, 2] = factor * np.eye(channels, maps)
    return Conv2DSpec(kernel, np.full(maps, bias), ("k",) * maps)


def rms(values):
    return float(np.sqrt(np.mean(np.square(values, dtype=np.float64))))


def kinds(found):
    return [claim.kind for claim in found.claims]


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("damage", ["noise", "blur"])
def test_no_kernel_leaves_less_than_the_best_one(damage, channels):
    task = denoise(picture(channels=channels), damage=damage)
    best = best_kernel(task, 5)
    assert best.exact

    def left(kernel, bias):
        return rms(conv2d(task.before, kernel, bias).transpose(1, 2, 0) - task.after)

    least = left(best.conv.kernel, best.conv.bias)
    assert least < rms(task.before - task.after)
    rng = np.random.default_rng(0)
    for size in (1e-3, 1e-2, 0.1):
        other = best.conv.kernel + size * rng.normal(size=best.conv.kernel.shape)
        assert left(other.astype(np.float32), best.conv.bias) > least
        assert left(best.conv.kernel, best.conv.bias + np.float32(size)) > least
    claim = restore(task, NetworkSpec((identity(channels=channels),))).claims[1]
    assert claim.kind == "best kernel"
    assert claim.numbers[0] == pytest.approx(least, rel=1e-4)
    assert (claim.numbers[1], claim.over) == (5, channels)


def test_of_a_large_picture_the_kernel_is_nearly_the_best(monkeypatch):
    task = denoise(picture(160, 200))
    exact = best_kernel(task, 5)
    monkeypatch.setattr(restoration, "_PLACES", 8000)
    some = best_kernel(task, 5)
    assert exact.exact
    assert not some.exact
    assert some.conv.kernel == pytest.approx(exact.conv.kernel, abs=0.05)


def test_before_and_after_stand_at_the_same_places():
    task = denoise(picture())
    found = restore(task, NetworkSpec((identity(0.5, 0.25),))).comparison
    assert np.array_equal(found.before, task.before)
    assert found.made == pytest.approx(task.before / 2 + 0.25, abs=1e-6)
    assert found.whole


def test_of_a_picture_beyond_a_moderate_size_the_middle_is_restored(monkeypatch):
    monkeypatch.setattr(restoration, "SIDE", 16)
    task = denoise(picture())
    found = restore(task, NetworkSpec((identity(),))).comparison
    assert np.array_equal(found.before, task.before[12:28, 17:33])
    assert not found.whole


def test_why_is_only_said_where_it_is_worse():
    task = denoise(picture())
    better = NetworkSpec((best_kernel(task, 5).conv,))
    losses = np.linspace(2, 1, 400)
    assert kinds(restore(task, better, losses)) == ["restored", "best kernel"]
    worse = NetworkSpec((identity(0.0),))
    assert kinds(restore(task, worse, losses)) == ["restored", "best kernel", "loss falling"]
    assert kinds(restore(task, worse)) == ["restored", "best kernel"]
    for steps in (0, 1, 39):
        found = restore(task, worse, losses[:steps])
        assert found.claims[-1] == Claim("few steps", (steps,), steps)


def test_colours_that_are_made_from_fewer_maps_are_noticed():
    task = denoise(picture(channels=3))
    joined = Conv2DSpec(np.zeros((5, 5, 1, 3)), np.zeros(3), ("r", "g", "b"))
    narrow = NetworkSpec((identity(channels=3, maps=1), ActivationSpec("relu"), joined))
    assert Claim("few maps", (1,), 3) in restore(task, narrow).claims
    wide = NetworkSpec((identity(0.0, channels=3),))
    assert "few maps" not in kinds(restore(task, wide))


def test_examples_that_are_restored_better_than_the_picture_are_noticed():
    task = denoise(picture())
    still = np.full(400, 0.5)
    worse = NetworkSpec((identity(0.0),))
    assert kinds(restore(task, worse, still)) == ["restored", "best kernel", "loss resting"]
    black = replace(task, targets=np.zeros_like(task.targets))
    claim = restore(black, worse, still).claims[-1]
    assert claim.kind == "examples better"
    assert claim.numbers == pytest.approx((rms(task.inputs), 0.0))
    assert claim.over == len(task.inputs)


def test_a_network_that_makes_no_numbers_or_another_size_is_not_judged():
    task = denoise(picture())
    huge = with_weights(NetworkSpec((identity(),)), [np.full((5, 5, 1, 1), np.inf), np.zeros(1)])
    with np.errstate(invalid="ignore"):
        assert restore(task, huge).claims == ()
    smaller = restore(task, NetworkSpec((replace(identity(), padding="valid"),)))
    assert smaller.claims == ()
    assert smaller.comparison.made is None


def test_an_even_or_huge_kernel_is_compared_with_a_usual_one():
    task = denoise(picture())
    for size in (2, 4, 11, 1):
        conv = Conv2DSpec(np.zeros((size, size, 1, 1)), np.zeros(1), ("k",))
        claims = restore(task, NetworkSpec((conv,))).claims
        assert not claims or claims[1].numbers[1] == 5


def test_where_it_is_stopped_there_is_nothing():
    task = denoise(picture(512, 512))
    assert restore(task, task.network, should_stop=lambda: True) is None


@pytest.mark.parametrize("seed", range(20))
def test_noise_about_a_level_is_no_fall(seed):
    losses = 1 + 0.1 * np.random.default_rng(seed).normal(size=1000)
    assert loss_trend(losses).kind == "loss resting"


@pytest.mark.parametrize("seed", range(5))
def test_a_fall_beyond_chance_is_said_with_its_share(seed):
    losses = np.full(4000, 1.0)
    losses[-500:] = 0.9
    losses += 0.1 * np.random.default_rng(seed).normal(size=4000)
    claim = loss_trend(losses)
    assert claim.kind == "loss falling"
    assert claim.over == 500
    assert claim.numbers[0] == pytest.approx(0.1, abs=0.02)
    losses[-500:] += 0.2
    assert loss_trend(losses).kind == "loss resting"


def test_the_fall_of_the_first_steps_is_none_of_the_last():
    losses = np.concatenate([np.linspace(50, 1, 300), np.ones(700)])
    losses += 0.1 * np.random.default_rng(0).normal(size=1000)
    assert loss_trend(losses).kind == "loss resting"


@pytest.mark.parametrize("count", [40, 41, 100, 159, 160, 2000])
def test_an_eighth_is_compared_but_never_a_handful(count):
    assert loss_trend(np.ones(count)).over == max(20, count // 8)


def test_one_kernel_for_a_blur_is_at_first_worse_and_later_better():
    """The known case: not the kernel is to blame, but too short a training."""
    task = denoise(picture(60, 80), damage="blur", kernels=1)
    trainer = task.trainer(task.network, task.setup)
    losses = [trainer.step().loss for _ in range(200)]
    network = with_weights(task.network, trainer.network.weights)
    found = restore(task, network, np.array(losses))
    before, after = found.claims[0].numbers
    assert after > before
    assert found.claims[1].numbers[0] < before
    assert found.claims[-1].kind == "loss falling"

"""One kernel is found from what it does, and a pair that no kernel explains is said to be one."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from playground.core.errors import PlaygroundError
from playground.core.presets import build_preset
from playground.core.specs import Conv2DSpec
from playground.core.tasks import copy_filter, filter_between
from playground.files.assets import asset_path

MOTION = ImageFilter.Kernel((5, 5), np.eye(5).ravel().tolist())
ROUNDING = 0.5
"""Grey levels: rounding to 8 bits leaves 0.29 on average, clipping at 0 and 255 a little more."""


def photo() -> Image.Image:
    return Image.open(asset_path("samples", "chelsea.png")).convert("L")


def colours() -> Image.Image:
    return Image.open(asset_path("samples", "coffee.jpg")).convert("RGB").crop((100, 100, 300, 300))


def grey(image: Image.Image) -> np.ndarray:
    return np.asarray(image, np.float32)[..., np.newaxis] / 255


def one_kernel(weights: np.ndarray) -> Conv2DSpec:
    kernel = np.asarray(weights, np.float32)[:, :, np.newaxis, np.newaxis]
    return Conv2DSpec(kernel, np.zeros(1, np.float32), ("goal",))


def trained(task, steps):
    trainer = task.trainer(task.network, task.setup)
    for _ in range(steps):
        trainer.step()
    return trainer


@pytest.mark.parametrize("seed", range(3))
def test_sobel_x_is_found_from_a_random_start(seed):
    task = copy_filter(grey(photo()), one_kernel(build_preset("sobel_x")), seed=seed)
    found = trained(task, 2500).network.weights[0]
    assert np.abs(found - task.goal.kernel).max() <= 0.01


def test_the_start_is_far_from_the_goal_and_depends_on_the_seed():
    goal = one_kernel(build_preset("sobel_x"))
    one, other = (copy_filter(grey(photo()), goal, seed=seed) for seed in (0, 1))
    assert np.abs(one.network.conv().kernel - goal.kernel).max() > 0.5
    assert not np.array_equal(one.network.conv().kernel, other.network.conv().kernel)


def test_a_bias_is_found_too():
    goal = Conv2DSpec(one_kernel(build_preset("box_blur")).kernel, np.full(1, 0.3), ("goal",))
    found = trained(copy_filter(grey(photo()), goal), 2500).network.weights[1]
    assert found == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize(
    "effect",
    [ImageFilter.BLUR, ImageFilter.SHARPEN, ImageFilter.EMBOSS, MOTION],
    ids=["blur", "sharpen", "emboss", "motion blur"],
)
def test_what_an_image_editor_did_is_recovered_within_rounding(effect):
    task = filter_between(grey(photo()), grey(photo().filter(effect)), size=5)
    loss, _ = trained(task, 6000).evaluate()
    assert 255 * np.sqrt(loss) <= ROUNDING


def test_no_kernel_explains_a_median_filter_and_that_can_be_told():
    task = filter_between(grey(photo()), grey(photo().filter(ImageFilter.MedianFilter(5))), size=5)
    assert 255 * task.fit.residual > 2
    assert task.fit.verdict == "not linear"


def test_a_kernel_between_colours_is_found_for_each_channel():
    before = np.asarray(colours(), np.float32) / 255
    mixed = before[..., [2, 0, 1]] * 0.9 + 0.05
    task = filter_between(before, mixed, size=3)
    assert task.targets.shape[3] == 3
    assert task.network.conv().kernel.shape == (3, 3, 3, 3)
    assert task.fit.kernel[1, 1] == pytest.approx(0.9 * np.eye(3)[[1, 2, 0]], abs=1e-4)
    first, last = (trained(task, steps).evaluate()[0] for steps in (0, 200))
    assert last < first / 10


def test_what_is_cut_off_is_not_learned_as_if_it_were_a_value():
    sharp = np.array([[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]])
    after = photo().filter(ImageFilter.Kernel((3, 3), sharp.ravel().tolist(), 1))
    task = filter_between(grey(photo()), grey(after), size=3)
    assert task.fit.clipped > 0.05
    assert ((task.targets > 0) & (task.targets < 1)).all()
    patches = np.lib.stride_tricks.sliding_window_view(task.inputs[..., 0], (3, 3), axis=(1, 2))
    best, *_ = np.linalg.lstsq(patches.reshape(-1, 9), task.targets.ravel())
    assert best == pytest.approx(sharp.ravel(), abs=1e-3)


def test_pictures_of_two_sizes_are_refused_with_both_sizes():
    with pytest.raises(PlaygroundError, match=r"20 × 10 .* 10 × 10"):
        filter_between(np.zeros((10, 20, 1), np.float32), np.zeros((10, 10, 1), np.float32))


def test_a_picture_smaller_than_the_kernel_is_refused():
    with pytest.raises(PlaygroundError, match="too few"):
        copy_filter(np.zeros((3, 3, 1), np.float32), one_kernel(np.ones((3, 3))))


def test_a_flat_picture_trains_without_falling_over():
    trainer = trained(copy_filter(np.full((40, 40, 1), 0.5, np.float32), one_kernel(np.eye(3))), 50)
    assert np.isfinite(trainer.network.parameters).all()


@pytest.mark.parametrize("flip", [False, True])
def test_the_hidden_kernel_is_at_no_distance_and_any_other_as_far_as_its_worst_weight(flip):
    goal = Conv2DSpec(
        np.arange(6, dtype=np.float32).reshape(2, 3, 1, 1), np.full(1, 2.0), ("goal",), flip=flip
    )
    task = copy_filter(grey(photo()), goal)
    seen = goal.kernel[::-1, ::-1] if flip else goal.kernel
    assert task.distance([seen, goal.bias]) == 0
    assert task.finds([seen, goal.bias])
    off = seen.copy()
    off[0, 1] -= 0.5
    assert task.distance([off, goal.bias]) == pytest.approx(0.1)
    assert task.distance([seen, goal.bias + 1]) == pytest.approx(0.2)
    # What is found makes what the hidden kernel makes.
    network = task.built(task.network)
    network.set_weights([seen, goal.bias])
    assert network.forward(task.inputs[:5]) == pytest.approx(task.targets[:5], abs=1e-4)

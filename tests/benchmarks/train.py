"""A training step here and in PyTorch, at equal threads: eager, default and channels_last.

One thread each first, then two: of ours, two processes of one thread each.
"""

from __future__ import annotations

import importlib
import itertools
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, sleep
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from playground.core import Network, Trainer, layers
from playground.core.training import optimizers
from playground.jobs import ParallelTrainer
from tests.benchmarks.report import Report

BATCH = 64
ROUNDS = 30
"""Each of the rivals takes its turn in every round, so that a busy moment hits all alike."""

REST_SECONDS = 0.02
"""Between two turns, so that nobody's threads or processes still look out for work meanwhile."""

SETTINGS: Any = {
    "loss": "softmax_cross_entropy",
    "optimizer": optimizers.SGD(0.01),
    "batch_size": BATCH,
}

TARGETS = {
    1: {"torch": 1.3, "torch channels_last": 1.1},
    2: {"torch": 1.6, "torch channels_last": 1.2},
}


@dataclass(frozen=True)
class Case:
    """A network here and in PyTorch, and how many of its steps make one turn."""

    name: str
    shape: tuple[int, int, int]
    classes: int
    steps: int
    ours: Callable[[], list[layers.Layer]]
    theirs: Callable[[Any], list[Any]]

    def task(self) -> tuple[Network, np.ndarray, np.ndarray]:
        """A fresh network, and what it learns from."""
        return Network(self.ours(), self.shape), *self.examples()

    def examples(self) -> tuple[np.ndarray, np.ndarray]:
        """Eight batches of pictures (N, H, W, C) and classes (N,)."""
        rng = np.random.default_rng(0)
        pictures = rng.random((BATCH * 8, *self.shape), np.float32)
        return pictures, rng.integers(0, self.classes, len(pictures))


CASES = (
    Case(
        "conv 8@5×5, conv 16@3×3, dense 10, on 28×28",
        (28, 28, 1),
        10,
        10,
        lambda: [
            layers.Conv2D(8, 5),
            layers.ReLU(),
            layers.MaxPool2D(2),
            layers.Conv2D(16, 3),
            layers.ReLU(),
            layers.MaxPool2D(2),
            layers.Flatten(),
            layers.Dense(10),
        ],
        lambda nn: [
            nn.Conv2d(1, 8, 5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 10),
        ],
    ),
    Case(
        "conv 8@3×3, global average, on 28×28",
        (28, 28, 1),
        8,
        15,
        lambda: [layers.Conv2D(8, 3), layers.GlobalAveragePool2D()],
        lambda nn: [nn.Conv2d(1, 8, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten()],
    ),
    Case(
        "conv 16, 32, 32@3×3 same, dense 10, on 32×32×3",
        (32, 32, 3),
        10,
        3,
        lambda: [
            layers.Conv2D(16, 3, padding="same"),
            layers.ReLU(),
            layers.MaxPool2D(2),
            layers.Conv2D(32, 3, padding="same"),
            layers.ReLU(),
            layers.MaxPool2D(2),
            layers.Conv2D(32, 3, padding="same"),
            layers.ReLU(),
            layers.GlobalAveragePool2D(),
            layers.Dense(10),
        ],
        lambda nn: [
            nn.Conv2d(3, 16, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 32, 3, padding=1),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(32, 10),
        ],
    ),
)


def run(report: Report) -> None:
    """For each network: steps a second of all rivals, then bytes and BLAS's share of ours."""
    torch = _library("torch")
    # Our products are too small for a second BLAS thread to be worth waking.
    with threadpool_limits(1, "blas"):
        for case in CASES:
            for threads in TARGETS:
                _compare(report, case, threads, torch)
            report.figure(f"{case.name}, allocated at most in a step", _allocated(case), "MiB")
            share = 100 * _share_of_blas(case)
            report.figure(f"{case.name}, share of a step in BLAS", share, "%")


def _compare(report: Report, case: Case, threads: int, torch: Any) -> None:
    with ParallelTrainer(*case.task(), **SETTINGS, workers=threads) as training:
        rivals: dict[str, Callable[[], object]] = {"ours": training.step}
        if torch is not None:
            torch.set_num_threads(threads)
            rivals["torch"] = _torch_step(torch, case, torch.contiguous_format)
            rivals["torch channels_last"] = _torch_step(torch, case, torch.channels_last)
        spent = _medians(rivals, case.steps)
    name = f"{case.name}, threads {threads}"
    for rival, seconds in spent.items():
        report.figure(f"{name}, {rival}", 1 / seconds, "steps/s")
    for rival, target in TARGETS[threads].items():
        if rival in spent:
            ratio = spent[rival] / spent["ours"]
            report.figure(f"{name}, ours / {rival}", ratio, "×", f"≥ {target}")


def _medians(rivals: dict[str, Callable[[], object]], steps: int) -> dict[str, float]:
    """Seconds a step, the median over all turns but the first two, which warm up."""
    spent: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(ROUNDS + 2):
        for name, step in rivals.items():
            step()  # whoever has rested is awake again
            began = perf_counter()
            for _ in range(steps):
                step()
            spent[name].append((perf_counter() - began) / steps)
            sleep(REST_SECONDS)
    return {name: float(np.median(times[2:])) for name, times in spent.items()}


def _trainer(case: Case) -> Trainer:
    return Trainer(*case.task(), **SETTINGS)


def _torch_step(torch: Any, case: Case, memory_format: Any) -> Callable[[], None]:
    """A step on batches that lie ready in the right format, which ours have to be gathered to."""
    pictures, classes = case.examples()
    module = torch.nn.Sequential(*case.theirs(torch.nn)).to(memory_format=memory_format)
    optimizer = torch.optim.SGD(module.parameters(), lr=0.01)
    batches = [
        (
            torch.from_numpy(some.transpose(0, 3, 1, 2).copy()).to(memory_format=memory_format),
            torch.from_numpy(wanted),
        )
        for some, wanted in zip(np.split(pictures, 8), np.split(classes, 8), strict=True)
    ]
    turn = itertools.cycle(batches)

    def step() -> None:
        inputs, targets = next(turn)
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(module(inputs), targets)
        loss.backward()
        optimizer.step()
        loss.item()

    return step


def _allocated(case: Case) -> float:
    """The most mebibytes that one of twenty steps, after five, takes beyond its start."""
    training, most = _trainer(case), 0
    tracemalloc.start()
    try:
        for number in range(25):
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            training.step()
            if number >= 5:
                most = max(most, tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()
    return most / 2**20


def _share_of_blas(case: Case) -> float:
    """Which part of our time is spent in matrix products."""
    training = _trainer(case)
    for _ in range(5):
        training.step()
    with _watched_products() as spent:
        began = perf_counter()
        for _ in range(10 * case.steps):
            training.step()
        whole = perf_counter() - began
    return sum(spent) / whole


@contextmanager
def _watched_products() -> Iterator[list[float]]:
    """The seconds of each call of np.matmul and np.dot meanwhile."""
    spent: list[float] = []
    originals = {name: getattr(np, name) for name in ("matmul", "dot")}

    def watched(product: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arrays: Any, **rest: Any) -> Any:
            began = perf_counter()
            result = product(*arrays, **rest)
            spent.append(perf_counter() - began)
            return result

        return call

    try:
        for name, product in originals.items():
            setattr(np, name, watched(product))
        yield spent
    finally:
        for name, product in originals.items():
            setattr(np, name, product)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None

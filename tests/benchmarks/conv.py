"""conv2d beside PyTorch and OpenCV, in one run: one thread each, then two threads each."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from playground.core import conv2d
from tests.benchmarks.report import Report

ROWS = (
    (1, 512, 512, 1, 3),
    (1, 512, 512, 12, 3),
    (3, 512, 512, 12, 3),
    (3, 512, 512, 12, 7),
    (1, 1080, 1920, 1, 3),
    (3, 1080, 1920, 12, 3),
    (3, 1080, 1920, 12, 7),
)
"""(channels, height, width, kernels, kernel size)."""


def run(report: Report) -> None:
    """Medians of interleaved calls, so that a busy moment of the machine hits all alike."""
    torch, cv2 = _library("torch"), _library("cv2")
    for threads in (1, 2):
        if torch is not None:
            torch.set_num_threads(threads)
        if cv2 is not None:
            cv2.setNumThreads(threads)
        with threadpool_limits(threads):
            for row in ROWS:
                _compare(report, row, threads, torch, cv2)


def _compare(
    report: Report, row: tuple[int, int, int, int, int], threads: int, torch: Any, cv2: Any
) -> None:
    channels, height, width, kernels, size = row
    rng = np.random.default_rng(0)
    image = rng.random((height, width, channels), np.float32)
    kernel = rng.normal(size=(size, size, channels, kernels)).astype(np.float32)
    calls: dict[str, Callable[[], object]] = {"ours": lambda: conv2d(image, kernel)}
    if torch is not None:
        calls["torch"] = _torch_call(torch, image, kernel)
    if cv2 is not None:
        calls["opencv"] = _opencv_call(cv2, image, kernel)
    spent = _medians(calls)
    name = f"{channels}×{height}×{width} → {kernels}, {size}×{size}, threads {threads}"
    for who, milliseconds in spent.items():
        report.figure(f"{name}, {who}", milliseconds, "ms")
        if who != "ours":
            report.figure(f"{name}, {who} / ours", milliseconds / spent["ours"], "×")


def _medians(calls: dict[str, Callable[[], object]], rounds: int = 15) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            began = perf_counter()
            call()
            spent[name].append((perf_counter() - began) * 1000)
    return {name: float(np.median(times[2:])) for name, times in spent.items()}


def _torch_call(torch: Any, image: np.ndarray, kernel: np.ndarray) -> Callable[[], object]:
    planes = torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1)))[None]
    weights = torch.from_numpy(np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)))
    return lambda: torch.nn.functional.conv2d(planes, weights, padding=kernel.shape[0] // 2)


def _opencv_call(cv2: Any, image: np.ndarray, kernel: np.ndarray) -> Callable[[], object]:
    planes = [np.ascontiguousarray(image[..., c]) for c in range(image.shape[2])]

    def call() -> list[np.ndarray]:
        maps = []
        for number in range(kernel.shape[3]):
            total = cv2.filter2D(planes[0], cv2.CV_32F, kernel[..., 0, number])
            for channel in range(1, len(planes)):
                plane = cv2.filter2D(planes[channel], cv2.CV_32F, kernel[..., channel, number])
                cv2.add(total, plane, dst=total)
            maps.append(total)
        return maps

    return call


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None

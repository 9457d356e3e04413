"""One operation on several kernels of a bank, all of which keep one common size.

Where an operation makes a kernel larger the whole bank grows, and every other kernel keeps its
centre; where it makes it smaller the kernel is put in the middle of the bank's size. Only where
every kernel of the bank is turned does the bank take the turned size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from playground.core.errors import PlaygroundError
from playground.core.kernels import bank, kernel_ops
from playground.core.specs import Conv2DSpec, FloatArray

Refusal = tuple[int, PlaygroundError]


def transformed(
    conv: Conv2DSpec,
    chosen: Sequence[int],
    operation: Callable[[FloatArray], FloatArray],
    *,
    name: str = "",
    turns: bool = False,
    refused: list[Refusal] | None = None,
) -> Conv2DSpec:
    """A copy in which `operation` has been applied to the kernels `chosen`.

    `name` renames them; `turns` says that the operation exchanges height and width. Kernels the
    operation refuses stay as they are and are noted in `refused`; where it refuses all of them
    its PlaygroundError is raised.
    """
    results, refusals = _results(conv, chosen, operation)
    if refused is not None:
        refused[:] = refusals
    kh, kw = _common_size(conv, results.values(), all_turned=turns and len(results) == conv.filters)
    kernel = kernel_ops.resize_centered(conv.kernel, kh, kw)
    for index, result in results.items():
        kernel[..., index] = kernel_ops.resize_centered(result, kh, kw)
    changed = bank.with_kernels(conv, kernel)
    if name:
        for index in results:
            changed = bank.rename(changed, index, name)
    return changed


def turned(kernel: FloatArray) -> FloatArray:
    """The kernel turned clockwise by 45°; one of odd, unequal sides is first made square."""
    kh, kw = kernel.shape[:2]
    if kh != kw and kh % 2 == kw % 2 == 1:
        kernel = kernel_ops.resize_centered(kernel, max(kh, kw), max(kh, kw))
    return kernel_ops.rotate45(kernel)


def _results(
    conv: Conv2DSpec, chosen: Sequence[int], operation: Callable[[FloatArray], FloatArray]
) -> tuple[dict[int, FloatArray], list[Refusal]]:
    results: dict[int, FloatArray] = {}
    refusals: list[Refusal] = []
    for index in chosen:
        try:
            results[index] = operation(conv.kernel[..., index])
        except PlaygroundError as error:
            refusals.append((index, error))
    if refusals and not results:
        raise refusals[0][1]
    return results, refusals


def _common_size(conv: Conv2DSpec, results: object, *, all_turned: bool) -> tuple[int, int]:
    sizes = [] if all_turned else [conv.kernel_size]
    sizes += [result.shape[:2] for result in results]  # type: ignore[attr-defined]
    return max(kh for kh, _kw in sizes), max(kw for _kh, kw in sizes)

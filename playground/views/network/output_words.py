"""The output's size with the numbers it comes from."""

from __future__ import annotations

from playground.core.convolve.geometry import Size, output_formula, output_size
from playground.core.convolve.pooling import pooled_size
from playground.core.specs import BlockSpec


def output_words(size: Size, block: BlockSpec) -> str:
    """Height on the first line and width on the second, pooling behind the convolution.

    Raises PlaygroundError where an image of `size` has no output.
    """
    conv = block.conv
    lines = [f"{sign} {text}" for sign, text in zip("↕↔", output_formula(size, conv), strict=True)]
    if block.pool is not None:
        window = block.pool.size
        plain = output_size(size, conv.kernel_size, conv.stride, conv.padding, conv.dilation)
        pooled = pooled_size(plain, window)
        # Where a line breaks, it breaks before the pooling.
        lines = [
            f"{line}, " + f"⌊{before} / {window}⌋ = {after}".replace(" ", "\u00a0")
            for line, before, after in zip(lines, plain, pooled, strict=True)
        ]
    return "\n".join(lines)

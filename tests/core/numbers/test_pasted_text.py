"""A kernel as other languages and programs write it: the same numbers, or the reason why not."""

import numpy as np
import pytest

from playground.core import parse_block
from playground.core.errors import PlaygroundError

KERNEL = [[1, 0, -1], [2, 0, -2], [1, 0, -1.5]]

SAME = {
    "C": "const float k[3][3] = {{1.0f, 0.0f, -1.0f}, {2.f, 0.f, -2.f}, {1f, 0f, -1.5F}};",
    "C++": "std::array<float, 9> k = {1, 0, -1, 2, 0, -2, 1, 0, -1.5};",
    "Java": "double[][] k = new double[][]{{1d, 0d, -1d}, {2d, 0d, -2d}, {1d, 0d, -1.5d}};",
    "Go": "k := [3][3]float64{{1, 0, -1}, {2, 0, -2}, {1, 0, -1.5}}",
    "Rust": "let k: [[f32; 3]; 3] = [[1.0, 0.0, -1.0], [2_f32, 0f32, -2f32], [1.0, 0.0, -1.5]];",
    "Fortran": "1.0d0 0.0d0 -1.0d0\n2.0d0 0.0d0 -2.0d0\n1.0d0 0.0d0 -1.5d0",
    "OpenCV": "cv::Mat k = (cv::Mat_<float>(3,3) << 1, 0, -1,\n  2, 0, -2,\n  1, 0, -1.5);",
    "OpenCV alone": "Mat_<double>(3, 3) << 1, 0, -1, 2, 0, -2, 1, 0, -1.5;",
    "LaTeX": r"\begin{bmatrix} 1 & 0 & -1 \\ 2 & 0 & -2 \\ 1 & 0 & -1.5 \end{bmatrix}",
    "LaTeX array": r"$$\begin{array}{ccc} 1&0&-1\\2&0&-2\\1&0&-1.5\\ \end{array}$$",
    "Markdown": "| 1 | 0 | -1 |\n|---|:-:|--:|\n| 2 | 0 | -2 |\n| 1 | 0 | -1.5 |\n",
    "MATLAB, a few columns at a time": (
        "K =\n\n  Columns 1 through 2\n\n    1.0000         0\n    2.0000         0\n"
        "    1.0000         0\n\n  Column 3\n\n   -1.0000\n   -2.0000\n   -1.5000\n"
    ),
    "Octave, a few columns at a time": (
        "K =\n\n Columns 1 and 2:\n\n   1   0\n   2   0\n   1   0\n\n"
        " Column 3:\n\n  -1.0\n  -2.0\n  -1.5\n"
    ),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_the_numbers_are_those_of_the_kernel(text):
    np.testing.assert_array_equal(parse_block(text), KERNEL)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.234,5 0\n0 1", "“1.234,5” has two separators"),
        ("1,234.5 2\n3 4", "“1,234.5” has two separators"),
        ("50% 0\n0 50%", "“50%” is not a number"),
        ("0x1F 0\n0 1", "“0x1F” is not a number"),
        ("1 2 ⋯ 3\n4 5 ⋯ 6", "Row 1, column 3: “⋯” is not a number"),
        ("mat3(1.0, 0.0, -1.0, 2.0, 0.0, -2.0, 1.0, 0.0, -1.5)", "at “mat3(1.0"),
        ("Mat_<float>(3,3) << 1, 2, 3", "says 3 × 3 but has 3 numbers"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "“a” is not a number"),
    ],
)
def test_what_may_mean_something_else_is_refused_with_the_reason(text, reason):
    with pytest.raises(PlaygroundError) as refused:
        parse_block(text)
    assert reason in str(refused.value)


def test_a_csv_of_numbers_with_points_stays_two_columns():
    np.testing.assert_array_equal(parse_block("1.5,2\n3.5,4"), [[1.5, 2], [3.5, 4]])

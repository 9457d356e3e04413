"""Numbers as people type and paste them."""

import doctest
import json
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.core.errors import PlaygroundError
from playground.core.numbers import number_text
from playground.core.numbers.number_text import (
    format_block,
    format_weight,
    parse_block,
    parse_number,
    parse_whole,
)

FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=False)
BLOCKS = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: arrays.arrays(np.float32, shape, elements=FLOATS)
)
SOBEL = np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]], dtype=np.float32)


def outcome(parse, text):
    """(value, "") or (None, what the user is told)."""
    try:
        return parse(text), ""
    except PlaygroundError as error:
        return None, str(error)


def is_a_sentence(message):
    return message.endswith(".") and message.isprintable()


class TestTypedNumbers:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1/9", 1 / 9),
            (" 1 / 9 ", 1 / 9),
            ("-1/-4", 0.25),
            ("-.5", -0.5),
            ("5.", 5),
            ("1e-2", 0.01),
            ("1E+2", 100),
            ("0,5", 0.5),
            (",5", 0.5),
            ("0,5/2", 0.25),
            ("−1", -1),
            ("–1", -1),
            ("+2", 2),
            ("0", 0),
            ("3.4e38", 3.4e38),
        ],
    )
    def test_are_read(self, text, value):
        assert parse_number(text) == value

    @pytest.mark.parametrize(
        "text",
        [
            *("", " ", ".", "e5", "1e", "--1", "1 2", "1;2", "1/2/3", "1.000,5", "1_000", "0x10"),
            *("nan", "inf", "-Infinity", "abc", "True", "2**3", "٣", "1\x00"),
        ],
    )
    def test_anything_else_is_refused(self, text):
        with pytest.raises(PlaygroundError, match=r"is not a number: type one such as"):
            parse_number(text)

    @pytest.mark.parametrize("text", ["1/0", "0/0", "1/1e-400"])
    def test_a_division_by_zero_is_named(self, text):
        with pytest.raises(PlaygroundError, match="divides by zero"):
            parse_number(text)

    @pytest.mark.parametrize("text", ["1e39", "-1e999", "1e30/1e-30", "1e999/1e999", "9" * 400])
    def test_what_float32_cannot_hold_is_too_large(self, text):
        with pytest.raises(PlaygroundError, match="too large"):
            parse_number(text)

    @given(st.text(max_size=40))
    def test_any_text_gives_a_finite_number_or_one_sentence(self, text):
        value, message = outcome(parse_number, text)
        assert is_a_sentence(message) if message else np.isfinite(np.float32(value))

    @given(FLOATS)
    def test_the_shortest_text_of_a_weight_reads_back_as_the_same_weight(self, value):
        assert np.float32(parse_number(number_text.format_number(value))) == np.float32(value)


class TestShownWeights:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (1, "+1.00"),
            (-2, "-2.00"),
            (0, "+0.00"),
            (-0.0, "+0.00"),
            (1 / 9, "+0.11"),
            (0.00999, "+0.01"),
            (0.0042, "+0.0042"),
            (-1 / 256, "-0.0039"),
            (1e-6, "+1e-6"),
            (-4.2e-12, "-4.2e-12"),
            (1234.5, "+1234.50"),
            (2.5e7, "+2.5e7"),
            (float("inf"), "+inf"),
            (float("nan"), "nan"),
        ],
    )
    def test_have_a_sign_and_two_decimals_or_what_it_takes(self, value, text):
        assert format_weight(value) == text

    def test_more_digits_on_demand(self):
        assert format_weight(0.12345, digits=4) == "+0.1235"

    @given(FLOATS, st.integers(0, 6))
    def test_only_zero_looks_like_zero(self, value, digits):
        text = format_weight(value, digits)
        assert text[0] in "+-"
        assert (float(text) == 0) == (value == 0)
        assert float(text) == 0 or (float(text) > 0) == (value > 0)


class TestPastedBlocks:
    @pytest.mark.parametrize(
        "text",
        [
            "1 2 1; 0 0 0; -1 -2 -1",
            "1 2 1;\n0 0 0;\n-1 -2 -1;\n",
            "1\t2\t1\r\n0\t0\t0\r\n-1\t-2\t-1\r\n",
            "1,2,1\n0,0,0\n-1,-2,-1\n",
            "1, 2, 1,\n0, 0, 0,\n−1, −2, −1",
            "1;2;1\n0;0;0\n-1;-2;-1\n",
            "\n\n  1   2  1\n\n  0   0  0\n -1  -2 -1\n\n",
            "[1 2 1; 0 0 0; -1 -2 -1]",
            "((1, 2, 1), (0, 0, 0), (-1, -2, -1))",
            repr(SOBEL),
            str(SOBEL),
            repr(SOBEL.astype(int)),
            repr([list(row) for row in SOBEL]),
            json.dumps(SOBEL.tolist()),
            json.dumps(SOBEL.tolist(), indent=2),
            "kernel = np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]], dtype=np.float32)",
            "tensor([[ 1.,  2.,  1.],\n        [ 0.,  0.,  0.],\n        [-1., -2., -1.]])",
            "tensor([[1, 2, 1], [0, 0, 0], [-1, -2, -1]], device='cuda:0', requires_grad=True)",
            "\ufeff2/2 4/2 1; 0 0 0; -1 -2 -1",
        ],
    )
    def test_are_read_from_text_spreadsheets_numpy_and_json(self, text):
        np.testing.assert_array_equal(parse_block(text), SOBEL)

    @pytest.mark.parametrize(
        ("text", "rows"),
        [
            ("5", [[5]]),
            ("0,5", [[0.5]]),
            ("1 2 3", [[1, 2, 3]]),
            ("1\n2\n3", [[1], [2], [3]]),
            ("[1, 2, 3]", [[1, 2, 3]]),
            ("1 / 8 1/8", [[0.125, 0.125]]),
            ("1,2\n3,4", [[1, 2], [3, 4]]),
            ("1,2; 3,4", [[1, 2], [3, 4]]),
            ("-1,1,0", [[-1, 1, 0]]),
            ("1 ,2 ,3\n4 ,5 ,6", [[1, 2, 3], [4, 5, 6]]),
            ("1 , 2 , 3", [[1, 2, 3]]),
        ],
    )
    def test_of_every_shape(self, text, rows):
        np.testing.assert_array_equal(parse_block(text), rows)

    @pytest.mark.parametrize(
        "text", ["0,5\t1,5\n-2\t3,25", "0,5 1,5\n-2 3,25", "0,5;1,5\n-2;3,25", "0,5 1,5; -2 3,25"]
    )
    def test_with_decimal_commas(self, text):
        np.testing.assert_array_equal(parse_block(text), [[0.5, 1.5], [-2, 3.25]])

    def test_the_locale_decides_what_the_text_leaves_open(self):
        np.testing.assert_array_equal(parse_block("0,5\n1,5"), [[0, 5], [1, 5]])
        np.testing.assert_array_equal(parse_block("0,5\n1,5", decimal_comma=True), [[0.5], [1.5]])

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("1 2 3\n4 5 6\n7 8", "Row 3 has 2 numbers but row 1 has 3"),
            ("[[1, 2], [3]]", "Row 2 has 1 number but row 1 has 2 numbers"),
            ("1 2; 3 x", "Row 2, column 2: “x” is not a number"),
            ("1 2; 3 1/0", "Row 2, column 2: “1/0” divides by zero"),
            ("[[1.0, NaN]]", "Row 1, column 2: “NaN” is not a number"),
            ("1\t\t3", "Row 1, column 2 is empty"),
            ("1,,3", "Row 1, column 2 is empty"),
            ("", "There are no numbers"),
            (" \r\n ", "There are no numbers"),
            ("[[]]", "There are no numbers"),
            ("[[1, 2], [3, 4]", "The brackets are not those of a table"),
            ('{"kernel": [[1]]}', "The brackets are not those of a table"),
            ("__import__('os').getcwd()", "The brackets are not those of a table"),
            ("a" * 200_000, "The text has 200000 characters"),
        ],
    )
    def test_that_are_no_table_are_refused_with_the_place(self, text, message):
        with pytest.raises(PlaygroundError, match=message):
            parse_block(text)

    @pytest.mark.parametrize(
        "text",
        [
            "[1 2 1\n0 0 0\n-1 -2 -1]",
            "K = [1 2 1; 0 0 0; -1 -2 -1];",
            "K = [1 2 1; ...\n 0 0 0; ...\n -1 -2 -1]; % Sobel",
            "K =\n\n     1     2     1\n     0     0     0\n    -1    -2    -1\n\n",
            "[1, 2, 1;\n 0, 0, 0;\n -1, -2, -1]",
            "kernel = [[1,2,1],[0,0,0],[-1,-2,-1]]",
            "kernel: [[1,2,1],[0,0,0],[-1,-2,-1]]",
            "const kernel = [[1,2,1],[0,0,0],[-1,-2,-1]]; // Sobel",
            "static const float k[3][3] = {{1,2,1},{0,0,0},{-1,-2,-1}};",
            "float k[] = {\n  1.0, 2.0, 1.0,  // top\n  0, 0, 0, /* mid */\n  -1, -2, -1\n};",
            "double k[9] = {1, 2, 1, 0, 0, 0, -1, -2, -1};",
            "1 2 1  # top\n0 0 0\n-1 -2 -1",
            "Parameter containing:\ntensor([[[[1., 2., 1.],\n [0., 0., 0.],\n [-1., -2., -1.]]]],"
            " requires_grad=True)",
            "tensor([[1., 2., 1.], [0., 0., 0.], [-1., -2., -1.]], grad_fn=<SelectBackward0>)",
            "tf.Tensor(\n[[ 1.  2.  1.]\n [ 0.  0.  0.]\n [-1. -2. -1.]],"
            " shape=(3, 3), dtype=float32)",
            "<tf.Variable 'kernel:0' shape=(3, 3) dtype=float32, numpy=\n"
            "array([[ 1.,  2.,  1.],\n [ 0.,  0.,  0.],\n [-1., -2., -1.]], dtype=float32)>",
            "<Variable path=conv2d/kernel, shape=(3, 3), dtype=float32,"
            " value=[[ 1. 2. 1.]\n [ 0. 0. 0.]\n [-1. -2. -1.]]>",
            "[[[[1]],[[2]],[[1]]],[[[0]],[[0]],[[0]]],[[[-1]],[[-2]],[[-1]]]]",
            "3×3 Matrix{Int64}:\n  1   2   1\n  0   0   0\n -1  -2  -1",
            "     [,1] [,2] [,3]\n[1,]    1    2    1\n[2,]    0    0    0\n[3,]   -1   -2   -1",
            "3x3: 1,2,1 0,0,0 -1,-2,-1",
            "3: 1,2,1 0,0,0 -1,-2,-1",
            "np.array([1, 2, 1, 0, 0, 0, -1, -2, -1]).reshape(3, 3)",
            "np.array([[4, 8, 4], [0, 0, 0], [-4, -8, -4]], np.float32) / 4.0",
            "(np.array([[4, 8, 4], [0, 0, 0], [-4, -8, -4]]) / 4)",
            "k = (1/4) * np.array([[4, 8, 4], [0, 0, 0], [-4, -8, -4]])",
            "1/4 * [4 8 4; 0 0 0; -4 -8 -4]",
            "[2 4 2; 0 0 0; -2 -4 -2] .* 0.5",
            "4 8 4\n0 0 0\n-4 -8 -4\n/ 4",
            "ans =\n\n   1.0e-01 *\n\n   10   20   10\n    0    0    0\n  -10  -20  -10\n",
            "ImageFilter.Kernel((3, 3), [4, 8, 4, 0, 0, 0, -4, -8, -4], scale=4)",
        ],
    )
    def test_are_read_as_other_programs_print_and_people_write_them(self, text):
        np.testing.assert_allclose(parse_block(text), SOBEL, rtol=1e-15)

    def test_pillows_kernel_is_divided_by_its_sum_where_no_scale_is_given(self):
        block = parse_block("Kernel((3, 3), (1, 2, 1, 2, 4, 2, 1, 2, 1))")
        np.testing.assert_array_equal(block * 16, [[1, 2, 1], [2, 4, 2], [1, 2, 1]])

    def test_an_odd_square_of_numbers_without_rows_is_a_square_and_that_is_said(self):
        notes = []
        np.testing.assert_array_equal(parse_block("1 2 1 0 0 0 -1 -2 -1", notes=notes), SOBEL)
        assert notes == ["9 numbers without rows were taken as 3 × 3."]
        assert parse_block(", ".join("1" * 25)).shape == (5, 5)

    @pytest.mark.parametrize("count", [4, 8, 10, 16])
    def test_other_counts_stay_a_row(self, count):
        notes = []
        assert parse_block(" ".join("1" * count), notes=notes).shape == (1, count)
        assert notes == []

    def test_a_row_of_a_spreadsheet_is_a_row(self):
        assert parse_block("\t".join("123456789")).shape == (1, 9)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("1 2 1\n2 4 2\n1 2 1 / 16", "meant for the last number or for all"),
            ("np.array([[1, 2], [3, 4]]).T", "“.T” behind the numbers is not computed"),
            ("np.flip([[1, 2], [3, 4]])", "The brackets are not those of a table at “np.flip"),
            ("[[1, 2], [3, 4]] / 0", "divided by zero"),
            ("[[[1, 2]], [3, 4]]", "different depths or lengths"),
            ("[1e30] * 1e30", "too large"),
            ("[[[1, 2], [3, 4]], [[1, 2], [3, 4]]]", "an array of 2 × 2 × 2"),
            ("[[[1], [2], [3]]]", "may be 3 × 1 or 1 × 3"),
            ("[[0. ... 0.]\n [1. ... 1.]]", "shortened with"),
            ("3x3: 1,2,1 0,0,0 -1,-2", "says 3 × 3 but has 8 numbers"),
            ("Kernel((3, 3), [1] * 9)", "not computed"),
            ("Kernel((1, 2), [1, 2], 1, 128)", "offset"),
            ("[1 2 1\n0 0\n-1 -2 -1]", "Row 2 has 2 numbers but row 1 has 3"),
        ],
    )
    def test_what_would_be_guessed_is_refused_with_the_reason(self, text, message):
        with pytest.raises(PlaygroundError, match=message) as caught:
            parse_block(text)
        assert is_a_sentence(str(caught.value))

    @given(st.text(alphabet="12.,;/ \t\n[]()-e−xarray=", max_size=60))
    def test_any_text_gives_a_table_or_one_sentence(self, text):
        block, message = outcome(parse_block, text)
        if message:
            assert is_a_sentence(message)
        else:
            assert block.ndim == 2
            assert block.size > 0
            assert np.all(np.isfinite(block.astype(np.float32)))

    @pytest.mark.parametrize(
        "piece",
        [
            " ",
            "[",
            "(",
            "1 ",
            "1,",
            "9",
            "\t",
            ",dtype=",
            "a.",
            "1/",
            "][",
            "1\n;",
            "a=",
            "/*",
            "\n",
            ".T",
            "[1,]",
        ],
    )
    def test_a_hostile_text_takes_no_time(self, piece):
        text = "array([1]" + piece * (99_000 // len(piece)) + "x"
        start = time.thread_time()  # Not the time that other processes take.
        for start_of_text in ("array([1]", "1", "Kernel((3, 3), [1]"):
            hostile = text.replace("array([1]", start_of_text, 1)
            with pytest.raises(PlaygroundError):
                parse_block(hostile)
        assert time.thread_time() - start < 2


class TestCopiedBlocks:
    @given(BLOCKS, st.booleans())
    def test_paste_of_copy_is_the_same_float32(self, block, decimal_comma):
        text = format_block(block, decimal_comma=decimal_comma)
        pasted = parse_block(text, decimal_comma=decimal_comma)
        np.testing.assert_array_equal(pasted.astype(np.float32), block)

    def test_are_tab_separated_lines_for_a_spreadsheet(self):
        assert format_block([[1, 0.5], [-0.0, -2]]) == "1\t0.5\n0\t-2"
        assert format_block([[1, 0.5]], decimal_comma=True) == "1\t0,5"

    @given(BLOCKS)
    def test_numpys_and_pythons_own_text_can_be_pasted(self, block):
        with np.printoptions(floatmode="unique", threshold=10_000):
            written = [repr(block), str(block), json.dumps(block.tolist()), str(block.tolist())]
        for text in written:
            np.testing.assert_array_equal(parse_block(text).astype(np.float32), block)


def test_the_examples_in_the_docstrings_run():
    assert doctest.testmod(number_text).failed == 0


@pytest.mark.parametrize("text", ["1.0", "1,000", "1 000", "1e3", "", "x", "½"])
def test_a_whole_number_has_digits_alone(text):
    assert parse_whole(" −12 ") == -12
    with pytest.raises(PlaygroundError, match="is not a whole number"):
        parse_whole(text)

"""Every sentence of the package is in a table: whether it states a fact, when that is true, and
which test holds it to that."""

import re
from collections import Counter

import pytest

from tests.sentences import KINDS, ROOT, TABLE, brought_up_to_date, read, templates

HINT = "run `python -m tests.sentences`, and fill in what it marks with a question mark"


@pytest.fixture(scope="module")
def table():
    return read()


def test_every_sentence_of_the_package_has_its_line_and_no_line_has_lost_its_sentence(table):
    lines, sentences = {entry.template for entry in table}, set(templates())
    assert not sentences - lines, HINT
    assert not lines - sentences, HINT


def test_every_line_has_its_kind_and_stands_once_in_order(table):
    assert all(entry.kind in KINDS for entry in table), HINT
    texts = [entry.template for entry in table]
    assert texts == sorted(texts)
    assert not [text for text, count in Counter(texts).items() if count > 1]


def test_what_states_something_says_when_it_is_true_and_where_that_is_tested(table):
    for entry in table:
        states = entry.kind != "label"
        assert bool(entry.condition) == states, entry.template
        assert bool(entry.test) == states, entry.template
        assert "?" not in (entry.condition, entry.test), entry.template


def test_the_tests_that_are_named_are_there(table):
    for entry in table:
        if entry.test:
            file, _, name = entry.test.partition("::")
            assert re.search(rf"def {name}\b", (ROOT / file).read_text(encoding="utf-8")), entry


def test_what_an_error_says_is_a_refusal_with_the_condition_that_stands_in_the_source(table):
    assert brought_up_to_date(table) == [
        next(entry for entry in table if entry.template == text) for text in templates()
    ], HINT
    for text, places in templates().items():
        kind = next(entry.kind for entry in table if entry.template == text)
        assert (kind == "refusal") == all(place.is_error for place in places), text


def test_a_share_or_a_number_that_is_filled_in_makes_no_label(table):
    """A template that says how much or how many of what states a fact."""
    counted = re.compile(r"\{[^}]*\} of \{|\{[^}]*\} zeros|accuracy \{|dead|Σ = \{|%")
    for entry in table:
        if entry.kind == "label":
            assert not counted.search(entry.template), entry.template


def test_the_table_is_text_that_shows_its_changes():
    assert TABLE.read_bytes().decode("utf-8").endswith("\n")

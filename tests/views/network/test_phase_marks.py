"""Each chip has the number of the last phase that was its own."""

from playground.core.explain.slow_motion import Phase
from playground.views.network.phase_marks import NO_MARKS, marks_of, short_number

GO = [Phase("forward", 0, 0.25), Phase("forward", 1, 0.5), Phase("loss", None, 2.3)]
BACK = [Phase("backward", 1, 0.013), Phase("backward", 0, 1.2e-5), Phase("update", None, 0.1)]


def test_before_the_first_phase_there_are_none():
    assert marks_of((), {}) == NO_MARKS


def test_values_go_from_chip_to_chip_and_stay_to_be_read():
    assert marks_of(GO[:1], {}).texts == {0: "→ 0.25"}
    both = marks_of(GO[:2], {})
    assert both.texts == {0: "→ 0.25", 1: "→ 0.5"}
    assert both.here == {1}


def test_at_the_loss_no_layer_is_at_work_and_all_numbers_stay():
    marks = marks_of(GO, {})
    assert marks.here == frozenset()
    assert marks.texts == {0: "→ 0.25", 1: "→ 0.5"}


def test_gradients_come_back_over_them_one_by_one():
    marks = marks_of(GO + BACK[:1], {})
    assert marks.texts == {0: "→ 0.25", 1: "← 0.013"}
    assert marks.here == {1}


def test_in_the_end_every_layer_with_weights_is_at_work():
    marks = marks_of(GO + BACK, {0: 0.0021})
    assert marks.texts == {0: "Δw 0.0021", 1: "← 0.013"}
    assert marks.here == {0}


def test_numbers_are_short():
    assert [short_number(n) for n in (0.2512, 1.2e-5, 0, 1234.5)] == [
        "0.25",
        "1.2e−5",
        "0",
        "1.2e3",
    ]

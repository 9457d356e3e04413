"""Whether the network can learn the task is looked at whenever either changes."""

from dataclasses import replace


def test_a_network_that_cannot_learn_the_task_says_why_until_it_is_mended(bench, lines):
    said = []
    bench.task_fit.changed.connect(said.append)
    document = bench.document
    assert bench.task_fit.problem == ""
    whole = document.network
    document.change_network("Take away", replace(whole, layers=whole.layers[:-1]))
    assert "dense layer" in bench.task_fit.problem
    document.undo_stack.undo()
    assert bench.task_fit.problem == ""
    assert len(said) == 2


def test_other_weights_are_no_reason_to_look_again(bench, lines):
    said = []
    bench.task_fit.changed.connect(said.append)
    conv = bench.document.conv
    bench.document.change_conv("Weight", replace(conv, kernel=conv.kernel + 1))
    assert said == []

"""Every value of a setting has its name and says what it does."""

import pytest

from playground.core.specs import ACTIVATIONS, EDGE_MODES
from playground.views.network import layer_choices
from playground.views.network.layer_settings import LayerSettings
from tests.models.network.conftest import Bench

CHOICES = {
    layer_choices.edges: EDGE_MODES,
    layer_choices.activations: ACTIVATIONS,
    layer_choices.paddings: ("same", "valid", "custom"),
    layer_choices.flips: (False, True),
    layer_choices.pools: (None, "max", "average"),
}


@pytest.mark.parametrize(("choices", "values"), CHOICES.items())
def test_every_value_is_offered_once_with_a_tip_of_its_own(choices, values):
    offered = choices()
    assert tuple(offered) == values
    names, tips = zip(*offered.values(), strict=True)
    assert len(set(names)) == len(set(tips)) == len(values)
    assert all((*names, *tips))


def test_every_explanation_stands_at_a_control(qtbot):
    settings = LayerSettings(Bench().document)
    qtbot.addWidget(settings)
    for name, text in layer_choices.explanations().items():
        assert text in getattr(settings, name).toolTip()

"""The colour that a value is to have, computed for one value alone."""

from PySide6.QtGui import QColor

from playground.views.theme.theme import ZERO_INDEX, value_table


def value_colour(theme, value, level, colour_map="diverging"):
    """The colour of `value` where ±`level` are the ends of the map."""
    share = 0.0 if level <= 0 else max(-1.0, min(1.0, value / level))
    return QColor(*map(int, value_table(theme, colour_map)[ZERO_INDEX + round(share * ZERO_INDEX)]))

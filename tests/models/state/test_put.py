"""An attribute that is put tells of another value, and of nothing else."""

from PySide6.QtCore import QObject, Signal

from playground.models.state.put import put


class Lamp(QObject):
    colour_changed = Signal(str)

    def __init__(self):
        super().__init__()
        self.colour = "red"


def test_another_value_is_there_when_its_signal_tells_of_it(qapp):
    lamp, told = Lamp(), []
    lamp.colour_changed.connect(lambda colour: told.append((colour, lamp.colour)))
    put(lamp, "colour", "red")
    assert told == []
    put(lamp, "colour", "green")
    assert told == [("green", "green")]

"""Programs of their own that train without end: `python -m tests.training_window [slow]`.

Each prints the id of its training process as soon as that is at work. Of `slow`, which has no
window, one step takes far longer than any test.
"""

import sys
import time
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication, QTimer

from playground.core.runs.run import Run
from playground.core.runs.run_updates import state_of
from playground.core.specs import Conv2DSpec, DenseSpec, GlobalAveragePool2DSpec, NetworkSpec
from playground.interrupts import Interrupts
from playground.jobs.training_process.messages import Go, Load, Ready
from playground.models.training.run import process_steps
from playground.models.training.run.training_process import TrainingProcess
from playground.models.workbench import Workbench
from tests.models.made_tasks import chosen

_EVERY_MS = 20


def quick():
    """What the app does when a learner has pressed Play."""
    process_steps.AFTER = 0.0
    application = QCoreApplication([])
    interrupts = Interrupts(application)
    bench = Workbench()
    training = bench.training
    # Nothing is changed while a change is being told.
    training.task_changed.connect(lambda _task: QTimer.singleShot(0, lambda: begin(training)))
    training.choose(chosen("lines"))
    timer = QTimer()
    timer.timeout.connect(lambda: tell(training, timer))
    timer.start(_EVERY_MS)
    code = application.exec()
    bench.close()
    interrupts.close()
    return code


def begin(training):
    training.change_setup(epochs=100_000)
    training.play()


def tell(training, timer):
    elsewhere = training._thread._process_steps
    if elsewhere.stepping:
        timer.stop()
        say(elsewhere._process)


def slow():
    """A process within a step that does not end."""
    helper = TrainingProcess(lambda: None)
    task = slow_task()
    run = Run(task.trainer(task.network, task.setup))
    helper.send(Load(1, task, task.network, task.setup))
    while not helper.waiting or helper.take() != Ready(1):
        time.sleep(0.01)
    helper.send(Go(state_of(run), 1, 1))
    say(helper)
    while True:
        time.sleep(1)


def slow_task():
    task, _ = chosen("lines").make(None)
    classes, names = task.class_names, tuple(map(str, range(32)))
    layers = (
        Conv2DSpec(np.full((15, 15, 1, 32), 0.01), np.zeros(32), names),
        Conv2DSpec(np.full((9, 9, 32, 32), 0.01), np.zeros(32), names),
        GlobalAveragePool2DSpec(),
        DenseSpec(np.zeros((32, len(classes))), np.zeros(len(classes)), classes),
    )
    inputs = np.kron(task.inputs[:64], np.ones((1, 6, 6, 1), np.float32))
    network = NetworkSpec(layers)
    return replace(task, inputs=inputs, targets=task.targets[:64], validation=None, network=network)


def say(helper):
    sys.stdout.write(f"{helper._process.pid}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(slow() if "slow" in sys.argv[1:] else quick())

"""Tasks as they come from the worker that makes them ready."""

from playground.models.training.tasks.task_choice import TaskChoice
from playground.models.training.tasks.task_choices import (
    CopyChoice,
    DatasetChoice,
    FolderChoice,
    PairChoice,
    RestoreChoice,
)
from playground.models.training.tasks.task_making import Made
from playground.models.training.tasks.task_picture import shown_with


def made_ready(task, picture):
    """`task`, for `picture` or for none."""
    return Made(
        number=0,
        task=task,
        recipe=chosen("lines"),
        picture=picture,
        shown=shown_with(task, picture),
        text=task.name,
        gesture=None,
        remark="",
        new_picture=False,
    )


def chosen(name: str, **settings) -> TaskChoice:
    """The choice of this name: of a data set, one's own folder, a kernel, a pair, or a damage."""
    if name in ("denoise", "deblur"):
        return RestoreChoice(damage="noise" if name == "denoise" else "blur", **settings)
    kinds = {"copy": CopyChoice, "which": PairChoice, "own": FolderChoice}
    return kinds[name](**settings) if name in kinds else DatasetChoice(dataset=name, **settings)

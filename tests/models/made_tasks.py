"""Tasks as they come from the worker that makes them ready."""

from playground.models.training.tasks.task_choice import TaskChoice
from playground.models.training.tasks.task_making import Made
from playground.models.training.tasks.task_picture import picture_for


def made_ready(task, picture):
    """`task`, for `picture` or for none."""
    return Made(
        number=0,
        task=task,
        recipe=TaskChoice("lines"),
        picture=picture,
        shown=picture_for(task, picture),
        text=task.name,
        gesture=None,
        remark="",
        new_picture=False,
    )

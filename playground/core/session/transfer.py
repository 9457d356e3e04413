"""Whose kernels a task is begun with, in place of random ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.core.network.transfer import transplanted, with_kernels_of
from playground.core.specs import NetworkSpec
from playground.core.tasks import Task


@dataclass(frozen=True, eq=False)
class Transfer:
    """The convolutions of `donor` are kept; `name` says of what, "Digits"."""

    donor: NetworkSpec
    name: str
    frozen: bool = True
    """Whether the kept layers keep their weights while the head learns."""

    def applied(self, task: Task) -> Task:
        """`task` with the kept layers; raises PlaygroundError where they do not fit it."""
        setup = task.setup
        network = transplanted(
            task.network, self.donor, initializer=setup.initializer, seed=setup.seed
        )
        return replace(task, network=network)

    def put_back(self, network: NetworkSpec) -> NetworkSpec:
        """`network` with the kept kernels as they came."""
        return with_kernels_of(network, self.donor)

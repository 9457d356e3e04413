"""What a benchmark measured: one JSON line per figure, the machine, and a table at the end."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, field

import numpy as np


@dataclass(frozen=True)
class Figure:
    """One measured number; `target` is the most (or, for ratios, the least) it should be."""

    name: str
    value: float
    unit: str
    target: str = ""


@dataclass
class Report:
    """Collects figures and prints each as it comes."""

    benchmark: str
    figures: list[Figure] = field(default_factory=list)

    def figure(self, name: str, value: float, unit: str, target: str = "") -> None:
        """Print one figure as a JSON line and keep it for the table."""
        figure = Figure(name, float(f"{value:.4g}"), unit, target)
        self.figures.append(figure)
        print(json.dumps({"benchmark": self.benchmark, **asdict(figure)}), flush=True)

    def machine(self) -> None:
        """Print what the figures were measured on."""
        facts = {
            "machine": platform.machine(),
            "system": platform.system(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "numpy": np.__version__,
        }
        print(json.dumps(facts), flush=True)

    def table(self) -> None:
        """Print all figures below each other."""
        wide = max(len(figure.name) for figure in self.figures)
        print()
        for figure in self.figures:
            target = f"   target {figure.target}" if figure.target else ""
            print(f"{figure.name:{wide}}  {figure.value:>9g} {figure.unit:8}{target}")

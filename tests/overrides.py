"""Every method in the package that Qt may call, found by looking."""

import importlib
import pkgutil
from dataclasses import dataclass
from types import FunctionType

import playground
from playground.models.guard import OUTSIDE, is_guarded


@dataclass(frozen=True)
class Override:
    """`method`, as class `cls` has it in place of one of Qt's or pyqtgraph's."""

    cls: type
    name: str
    method: object

    def __str__(self):
        return f"{self.cls.__module__}.{self.cls.__qualname__}.{self.name}"

    @property
    def guarded(self):
        return is_guarded(self.method)

    @property
    def inner(self):
        """The cell in which the guard keeps the method that was written."""
        written = self.method.__wrapped__
        return next(c for c in self.method.__closure__ if c.cell_contents is written)


def package_of(cls):
    return str(cls.__module__).partition(".")[0]


def overrides_of(cls):
    """What `cls` and its bases within the package override, each where it is written."""
    found = []
    outside = [base for base in cls.__mro__ if package_of(base) in OUTSIDE]
    for name in {name for base in cls.__mro__ for name in vars(base)}:
        if name.startswith("__") or not any(name in vars(base) for base in outside):
            continue
        owner = next(base for base in cls.__mro__ if name in vars(base))
        method = vars(owner)[name]
        if owner not in outside and isinstance(method, FunctionType | staticmethod | classmethod):
            found.append(Override(owner, name, method))
    return found


def classes_of(package):
    """Every class of the package, with those in functions and in classes."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    known, left = set(), [object]
    while left:
        for cls in type.__subclasses__(left.pop()):
            if cls not in known:
                known.add(cls)
                left.append(cls)
    return [cls for cls in known if package_of(cls) == package.__name__]


def all_overrides():
    """Those of the package, in the order of their names."""
    found = {each for cls in classes_of(playground) for each in overrides_of(cls)}
    return sorted(found, key=str)

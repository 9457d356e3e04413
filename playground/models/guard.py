"""What Qt calls in our classes, guarded: a failure is reported and answered, never handed to Qt.

An exception that leaves a virtual method kills the process on CPython 3.11 where C code raised it
(a tuple's or NumPy's IndexError) and Qt was itself called from Python: PySide6 reads a value that
is not there yet, and no hook hears of it. Caught in Python, the exception is whole. So every class
that inherits from Qt or pyqtgraph inherits from `Guarded` too, and what it overrides is wrapped.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import Enum, Flag
from functools import partial, wraps
from importlib import import_module
from inspect import Signature
from types import FunctionType, NoneType
from typing import Any, ParamSpec, TypeVar, get_args, get_origin

from PySide6.QtCore import QObject

OUTSIDE = ("PySide6", "pyqtgraph", "Shiboken", "shiboken6")
"""Packages whose classes are called back by Qt."""

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Guarded:
    """Mixed into a class of Qt's or pyqtgraph's, it guards every method that overrides theirs."""

    __slots__ = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name in overrides(cls):
            setattr(cls, name, guarded(vars(cls)[name], partial(overridden, cls, name)))


def overrides(cls: type) -> list[str]:
    """The methods written in `cls` itself in place of one from outside, in their order."""
    return [
        name
        for name, value in vars(cls).items()
        if isinstance(value, FunctionType)
        and not (name.startswith("__") and name.endswith("__"))
        and any(True for _ in overridden(cls, name))
    ]


def overridden(cls: type, name: str) -> Iterator[object]:
    """What `name` is in the classes from outside that `cls` inherits from, nearest first."""
    for base in cls.__mro__[1:]:
        if base.__module__.partition(".")[0] in OUTSIDE and name in vars(base):
            yield vars(base)[name]


class Announcing(Guarded, QObject):
    """Attributes that others read, and that only methods of its own change: each has a signal."""

    def announce(self, name: str, value: object) -> None:
        """Give the attribute `name` another value; where it is one, NAME_changed says so."""
        if value != getattr(self, name):
            setattr(self, name, value)
            getattr(self, f"{name}_changed").emit(value)


def guarded(
    method: Callable[_Given, _Result], instead_of: Callable[[], Iterator[object]]
) -> Callable[_Given, _Result]:
    """`method`, which when it fails reports and returns what Qt can go on with.

    `instead_of` gives the methods that it overrides; it is asked only then.
    """

    @wraps(method)
    def guard(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        try:
            return method(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - whatever it is, Qt must not see it
            _report(error)
        answer: _Result = neutral_answer(instead_of(), len(args))
        # Whoever keeps the traceback keeps this frame, but not what Qt had lent to it.
        del args, kwargs
        return answer

    return guard


def is_guarded(method: object) -> bool:
    """Whether `method` came out of `guarded`."""
    return getattr(method, "__code__", None) is _GUARD_CODE


def neutral_answer(instead_of: Iterator[object], arguments: int) -> Any:
    """An empty value of the type that Qt expects; None where that is not known.

    `arguments` counts those that were given, self among them, and tells overloads apart.
    """
    for method in instead_of:
        with suppress(Exception):
            signatures = import_module("shibokensupport.signature").get_signature(method)
            if signatures is not None:
                return _empty(_result_type(signatures, arguments))
    return None


def _report(error: Exception) -> None:
    """Hand `error` to the hook that hears of every failure, then let go of all it holds."""
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except Exception as worse:  # noqa: BLE001 - the last resort must not fail
        sys.__excepthook__(type(worse), worse, worse.__traceback__)
    # A painter that stayed alive in a frame would keep its widget from ever being painted again.
    held: BaseException | None = error
    while held is not None:
        traceback.clear_frames(held.__traceback__)
        held = held.__context__


def _result_type(signatures: Signature | list[Signature], arguments: int) -> Any:
    if isinstance(signatures, Signature):
        return signatures.return_annotation
    fitting = [each for each in signatures if len(each.parameters) == arguments]
    return (fitting or signatures)[0].return_annotation


def _empty(kind: Any) -> Any:
    """What stands for nothing among values of type `kind`."""
    parts = get_args(kind)
    if kind in (None, Any, object) or NoneType in parts:
        return None
    origin = get_origin(kind) or kind
    if not isinstance(origin, type):
        return None
    if issubclass(origin, tuple):
        return tuple(_empty(part) for part in parts)
    if issubclass(origin, Flag):
        return origin(0)
    if issubclass(origin, Enum):
        return next(iter(origin))
    if parts:
        return {} if issubclass(origin, dict) else []
    if origin.__module__.startswith("PySide6") and (
        issubclass(origin, QObject) or not hasattr(origin, "__copy__")
    ):
        # Qt passes these by pointer, and takes none for an answer.
        return None
    return origin()


_GUARD_CODE = guarded(lambda: None, lambda: iter(())).__code__

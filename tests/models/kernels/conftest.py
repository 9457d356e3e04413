"""A document with the starter bank, its edits, and what they told the user."""

import numpy as np
import pytest

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import Conv2DSpec, NetworkSpec
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.document import Document

SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], np.float32)


def document_with(conv: Conv2DSpec) -> Document:
    return Document(Session(None, NetworkSpec((conv,))))


@pytest.fixture
def document(qtbot) -> Document:
    return document_with(starter_bank(1))


@pytest.fixture
def edits(document) -> KernelEdits:
    return KernelEdits(document)


@pytest.fixture
def problems(document) -> list[str]:
    told: list[str] = []
    document.problem.connect(told.append)
    return told


def kernel(document: Document, index: int = 0, channel: int = 0) -> np.ndarray:
    return document.conv.kernel[:, :, channel, index]


def entries(document: Document) -> list[str]:
    stack = document.undo_stack
    return [stack.text(i) for i in range(stack.count())]


CORNER, CENTRE = (0, 0, 0, 0), (1, 1, 0, 0)

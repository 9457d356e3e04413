"""Layers that learn: each has its forward pass and its gradient side by side, and Keras's name."""

from playground.core.layers.activations import LeakyReLU, ReLU, Sigmoid, Tanh
from playground.core.layers.base import Layer
from playground.core.layers.conv2d import Conv2D
from playground.core.layers.dense import Dense
from playground.core.layers.dropout import Dropout
from playground.core.layers.pooling import AveragePool2D, GlobalAveragePool2D, MaxPool2D
from playground.core.layers.reshaping import Flatten

__all__ = [
    "AveragePool2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePool2D",
    "Layer",
    "LeakyReLU",
    "MaxPool2D",
    "ReLU",
    "Sigmoid",
    "Tanh",
]

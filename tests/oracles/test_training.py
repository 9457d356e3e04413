"""Layers, losses, optimizers and whole networks against PyTorch and its autograd."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.core import Network, Trainer, layers
from playground.core.convolve.geometry import output_size
from playground.core.errors import PlaygroundError
from playground.core.training import losses, optimizers
from tests.core.reference import sides_of

torch = pytest.importorskip(
    "torch", reason="PyTorch is not installed: python3 run.py oracles installs it"
)
nn, functional = torch.nn, torch.nn.functional


def channels_first(values: np.ndarray):
    """(N, H, W, C) as PyTorch's (N, C, H, W); rows (N, units) as they are."""
    moved = values.transpose(0, 3, 1, 2) if values.ndim == 4 else values
    return torch.from_numpy(moved.copy())


def channels_last(values) -> np.ndarray:
    array = values.detach().numpy()
    return array.transpose(0, 2, 3, 1) if array.ndim == 4 else array


def for_torch(values: np.ndarray) -> np.ndarray:
    """A kernel, slopes (1, 1, C) or a bias in PyTorch's layout."""
    turned = {4: values.transpose, 3: values.reshape, 2: values.transpose, 1: values.transpose}
    axes = {4: (3, 2, 0, 1), 3: (-1,), 2: (1, 0), 1: (0,)}
    return turned[values.ndim](axes[values.ndim]).copy()


class FlattenLast(nn.Module):
    """Flatten in Keras's order: height, width, channel."""

    def forward(self, values):
        return values.permute(0, 2, 3, 1).flatten(1)


class Convolution(nn.Module):
    """A convolution padded on all four sides alike or not."""

    def __init__(self, layer: layers.Conv2D, size, channels: int) -> None:
        super().__init__()
        top, bottom, left, right = sides_of(
            layer.padding, size, layer.kernel_size, layer.stride, layer.dilation
        )
        self.sides = (left, right, top, bottom)
        self.conv = nn.Conv2d(
            channels,
            layer.filters,
            layer.kernel_size,
            layer.stride,
            dilation=layer.dilation,
            bias=layer.use_bias,
        )

    def forward(self, values):
        return self.conv(functional.pad(values, self.sides))


def twin_of(layer: layers.Layer, shape) -> nn.Module:
    """PyTorch's layer of the same kind for inputs of `shape`."""
    if isinstance(layer, layers.Conv2D):
        return Convolution(layer, shape[:2], shape[2])
    if isinstance(layer, layers.Dense):
        return nn.Linear(shape[0], layer.units, layer.use_bias)
    if isinstance(layer, layers.MaxPool2D):
        return nn.MaxPool2d(layer.size)
    if isinstance(layer, layers.AveragePool2D):
        return nn.AvgPool2d(layer.size)
    if isinstance(layer, layers.GlobalAveragePool2D):
        return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
    if isinstance(layer, layers.LeakyReLU):
        return nn.LeakyReLU(layer.slope)
    if isinstance(layer, layers.PReLU):
        return nn.PReLU(shape[-1])
    plain = {"Flatten": FlattenLast, "ReLU": nn.ReLU, "Sigmoid": nn.Sigmoid, "Tanh": nn.Tanh}
    return plain[layer.name]()


def twin(network: Network, dtype=torch.float32) -> nn.Module:
    """The same network in PyTorch, with the same weights."""
    befores = [network.input_shape, *network.shapes]
    pairs = zip(network.layers, befores, strict=False)
    module = nn.Sequential(*(twin_of(layer, shape) for layer, shape in pairs)).to(dtype)
    with torch.no_grad():
        for parameter, values in zip(module.parameters(), network.weights, strict=True):
            parameter.copy_(torch.from_numpy(for_torch(values)))
    return module


def assert_close(mine: np.ndarray, theirs: np.ndarray, tolerance: float = 1e-4) -> None:
    assert mine.shape == theirs.shape
    scale = max(np.abs(theirs).max(initial=0), 1e-6)
    assert np.abs(mine - theirs).max(initial=0) / scale <= tolerance


def assert_same_gradients(network: Network, batch: np.ndarray, tolerance: float = 1e-4) -> None:
    """Outputs, the inputs' gradient and every weight's, for random slopes of the outputs."""
    module = twin(network)
    pictures = channels_first(batch).requires_grad_()
    expected = module(pictures)
    outputs = network.forward(batch)
    assert outputs.dtype == np.float32
    assert_close(outputs, channels_last(expected), tolerance)
    rates = np.random.default_rng(1).normal(size=outputs.shape).astype(np.float32)
    expected.backward(channels_first(rates))
    assert_close(network.backward(rates), channels_last(pictures.grad), tolerance)
    mine = [gradient for layer in network.layers for gradient in layer.gradients]
    for gradient, parameter in zip(mine, module.parameters(), strict=True):
        assert_close(for_torch(gradient), parameter.grad.numpy(), tolerance)


paddings = st.one_of(
    st.sampled_from(["same", "valid"]), st.integers(0, 3), st.tuples(*[st.integers(0, 3)] * 4)
)


@settings(max_examples=200, deadline=None)
@given(
    size=st.tuples(st.integers(1, 14), st.integers(1, 14)),
    kernel=st.tuples(st.integers(1, 5), st.integers(1, 5)),
    stride=st.integers(1, 3),
    padding=paddings,
    dilation=st.integers(1, 3),
    channels=st.integers(1, 8),
    filters=st.integers(1, 12),
    count=st.integers(1, 9),
)
def test_convolutions(size, kernel, stride, padding, dilation, channels, filters, count):
    try:
        output_size(size, kernel, stride, padding, dilation)
    except PlaygroundError:
        assume(False)
    layer = layers.Conv2D(filters, kernel, stride, padding, dilation)
    network = Network([layer], (*size, channels))
    network.parameters += np.float32(0.1)  # biases too
    batch = np.random.default_rng(count).normal(size=(count, *size, channels))
    assert_same_gradients(network, batch.astype(np.float32))


KINDS = {
    "relu": layers.ReLU,
    "leaky relu": lambda: layers.LeakyReLU(0.2),
    "sigmoid": layers.Sigmoid,
    "tanh": layers.Tanh,
    "max": lambda: layers.MaxPool2D(2),
    "max 3": lambda: layers.MaxPool2D(3),
    "average": lambda: layers.AveragePool2D(2),
    "average 3": lambda: layers.AveragePool2D(3),
    "global": layers.GlobalAveragePool2D,
    "flatten": layers.Flatten,
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("ties", [False, True])
def test_layers_without_weights(kind, ties):
    batch = np.random.default_rng(0).normal(size=(6, 11, 10, 3)).astype(np.float32)
    # Small whole numbers tie at the maximum and at zero.
    assert_same_gradients(Network([KINDS[kind]()], (11, 10, 3)), np.rint(batch) if ties else batch)


@pytest.mark.parametrize("shape", [(11, 10, 3), (1, 1, 5)])
@pytest.mark.parametrize("in_a_row", [False, True])
@pytest.mark.parametrize("ties", [False, True])
def test_prelu_with_a_slope_for_each_channel(shape, in_a_row, ties):
    before = [layers.Flatten()] if in_a_row else []
    network = Network([*before, layers.PReLU()], shape)
    network.set_weights([np.random.default_rng(1).normal(size=w.shape) for w in network.weights])
    network.compute_in(np.float32)
    batch = np.random.default_rng(0).normal(size=(6, *shape)).astype(np.float32)
    assert_same_gradients(network, np.rint(batch) if ties else batch)


def digits() -> Network:
    return Network(
        [
            layers.Conv2D(8, 5),
            layers.ReLU(),
            layers.MaxPool2D(2),
            layers.Conv2D(16, 3),
            layers.ReLU(),
            layers.MaxPool2D(2),
            layers.Flatten(),
            layers.Dense(10),
        ],
        (28, 28, 1),
    )


def colours() -> Network:
    return Network(
        [
            layers.Conv2D(16, 3, padding="same"),
            layers.ReLU(),
            layers.MaxPool2D(2),
            layers.Conv2D(32, 3, padding="same"),
            layers.LeakyReLU(0.1),
            layers.AveragePool2D(2),
            layers.PReLU(),
            layers.Conv2D(32, 3, stride=2, padding="same"),
            layers.Tanh(),
            layers.GlobalAveragePool2D(),
            layers.Dense(10),
        ],
        (32, 32, 3),
    )


NETWORKS = {"digits": digits, "colours": colours}


@pytest.mark.parametrize("name", sorted(NETWORKS))
@pytest.mark.parametrize("count", [1, 7, 64])
def test_whole_networks(name, count):
    network = NETWORKS[name]()
    batch = np.random.default_rng(0).random((count, *network.input_shape), np.float32)
    assert_same_gradients(network, batch)


def test_flatten_and_dense_take_weights_in_keras_order():
    network = Network([layers.Flatten(), layers.Dense(5)], (3, 4, 2))
    kernel = np.random.default_rng(0).normal(size=(24, 5)).astype(np.float32)
    network.set_weights([kernel, np.zeros(5)])
    batch = np.random.default_rng(1).normal(size=(2, 3, 4, 2)).astype(np.float32)
    # Keras: the inputs of the dense layer are counted row by row, pixel by pixel, channel last.
    by_channel = kernel.reshape(3, 4, 2, 5).transpose(2, 0, 1, 3).reshape(24, 5)
    expected = channels_first(batch).flatten(1) @ torch.from_numpy(by_channel.copy())
    assert_close(network.forward(batch), expected.numpy(), 1e-5)


rng = np.random.default_rng(0)
LOGITS = (3 * rng.normal(size=(9, 6))).astype(np.float32)
CHANCES = rng.uniform(0.01, 0.99, (9, 6)).astype(np.float32)
ROWS = rng.random((9, 6)).astype(np.float32)
CLASSES = rng.integers(0, 6, 9)
SHARES = ROWS / ROWS.sum(axis=1, keepdims=True)
LOSSES = {
    "mse": (losses.MeanSquaredError(), functional.mse_loss, LOGITS, ROWS),
    "classes": (losses.SoftmaxCrossEntropy(), functional.cross_entropy, LOGITS, CLASSES),
    "shares": (losses.SoftmaxCrossEntropy(), functional.cross_entropy, LOGITS, SHARES),
    "yes or no": (losses.BinaryCrossEntropy(), functional.binary_cross_entropy, CHANCES, ROWS),
    "logits": (
        losses.BinaryCrossEntropy(from_logits=True),
        functional.binary_cross_entropy_with_logits,
        LOGITS,
        ROWS,
    ),
}


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_losses(name):
    mine, theirs, outputs, targets = LOSSES[name]
    values = torch.from_numpy(outputs.copy()).requires_grad_()
    loss = theirs(values, torch.from_numpy(targets.copy()))
    loss.backward()
    assert mine(outputs, targets) == pytest.approx(loss.item(), rel=1e-5)
    assert_close(mine.gradient(outputs, targets), values.grad.numpy(), 1e-5)


def pair(name: str, decay: float):
    """The optimizer called `name` here, and what makes PyTorch's for some parameters."""
    rate = 0.003 if name in ("rmsprop", "adam", "adamw") else 0.05
    mine = optimizers.ALL[name](rate, weight_decay=decay)
    theirs = {
        "sgd": (torch.optim.SGD, {}),
        "momentum": (torch.optim.SGD, {"momentum": 0.9}),
        "nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
        "rmsprop": (torch.optim.RMSprop, {}),
        "adam": (torch.optim.Adam, {}),
        "adamw": (torch.optim.AdamW, {}),
    }
    kind, settings_ = theirs[name]
    return mine, lambda parameters: kind(parameters, lr=rate, weight_decay=decay, **settings_)


@pytest.mark.parametrize("name", sorted(optimizers.ALL))
@pytest.mark.parametrize("decay", [0.0, 0.05])
@pytest.mark.parametrize("clip", [{}, {"clipvalue": 0.02}, {"global_clipnorm": 0.1}])
def test_ten_steps_of_every_optimizer(name, decay, clip):
    network = Network(
        [layers.Flatten(), layers.Dense(6), layers.Tanh(), layers.Dense(4)], (5, 5, 1)
    )
    data = np.random.default_rng(2)
    inputs = data.normal(size=(40, 5, 5, 1)).astype(np.float32)
    targets = data.integers(0, 4, 40)
    mine, make = pair(name, decay)
    for setting, value in clip.items():
        setattr(mine, setting, value)
    module = twin(network)
    theirs = make(module.parameters())
    training = Trainer(
        network, inputs, targets, loss="softmax_cross_entropy", optimizer=mine, batch_size=16
    )
    for _ in range(10):
        chosen = training.batch()
        theirs.zero_grad()
        outputs = module(channels_first(inputs[chosen]))
        loss = functional.cross_entropy(outputs, torch.from_numpy(targets[chosen]))
        loss.backward()
        if "clipvalue" in clip:
            nn.utils.clip_grad_value_(module.parameters(), clip["clipvalue"])
        if "global_clipnorm" in clip:
            nn.utils.clip_grad_norm_(module.parameters(), clip["global_clipnorm"])
        theirs.step()
        assert training.step().loss == pytest.approx(loss.item(), abs=1e-5)
        for values, parameter in zip(network.weights, module.parameters(), strict=True):
            assert for_torch(values) == pytest.approx(parameter.detach().numpy(), abs=1e-5)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_ten_steps_of_whole_networks(name):
    # In doubles: in float32, rounding decides now and then which of two equal values is the
    # maximum of a window, and from there on the runs go different ways.
    network = NETWORKS[name]()
    data = np.random.default_rng(3)
    inputs, targets = data.random((96, *network.input_shape)), data.integers(0, 10, 96)
    module = twin(network, torch.float64)
    theirs = torch.optim.SGD(module.parameters(), lr=0.05, momentum=0.9)
    training = Trainer(
        network,
        inputs,
        targets,
        loss="softmax_cross_entropy",
        optimizer=optimizers.Momentum(0.05),
        batch_size=32,
    )
    for _ in range(10):
        chosen = training.batch()
        theirs.zero_grad()
        outputs = module(channels_first(inputs[chosen]))
        loss = functional.cross_entropy(outputs, torch.from_numpy(targets[chosen]))
        loss.backward()
        theirs.step()
        assert training.step().loss == pytest.approx(loss.item(), rel=1e-12)
    for values, parameter in zip(network.weights, module.parameters(), strict=True):
        assert for_torch(values) == pytest.approx(parameter.detach().numpy(), abs=1e-12)

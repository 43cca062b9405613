"""Builds a workload's layers as a PyTorch module.

PyTorch has no asymmetric "same" padding for strides, so strided layers with 3×3 kernels pad by one on either side instead
of one at the end: the same sizes and the same number of multiply-adds. Kernels of 4×4 pad by one on either side in Keras, too.
"""

import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid}


def build(input_shape, layers):
    """A workload's list of layers as an `nn.Sequential` with Keras's initial values (Glorot uniform kernels, zero biases)."""
    modules = []
    # What a sample becomes says how many channels or features the next layer takes.
    value = torch.zeros(1, *channels_first(input_shape))
    for layer in layers:
        module = MODULES[layer["kind"]](layer, value.shape[1])
        value = module(value)
        modules.append(module)
        if "activation" in layer:
            modules.append(ACTIVATIONS[layer["activation"]]())
    model = nn.Sequential(*modules)
    for module in model:
        if hasattr(module, "weight"):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
    return model


def channels_first(shape):
    return [shape[-1], *shape[:-1]]


def _padding(layer):
    return {"same": (layer["kernelSize"] - 1) // 2, "valid": 0}[layer["padding"]]


def _conv2d(layer, channels):
    size, strides = layer["kernelSize"], layer["strides"]
    return nn.Conv2d(channels, layer["filters"], size, stride=strides, padding=_padding(layer))


def _conv2d_transpose(layer, channels):
    size, strides, padding = layer["kernelSize"], layer["strides"], _padding(layer)
    # Makes the output `strides` times as large as the input.
    missing = strides - size + 2 * padding
    return nn.ConvTranspose2d(channels, layer["filters"], size, strides, padding=padding, output_padding=missing)


MODULES = {
    "conv2d": _conv2d,
    "conv2dTranspose": _conv2d_transpose,
    "maxPool2d": lambda layer, _: nn.MaxPool2d(layer["poolSize"], ceil_mode=layer["padding"] == "same"),
    "upSampling2d": lambda layer, _: nn.Upsample(scale_factor=layer["size"], mode="nearest"),
    "dense": lambda layer, features: nn.Linear(features, layer["units"]),
    "leakyRelu": lambda layer, _: nn.LeakyReLU(layer["negativeSlope"]),
    "flatten": lambda layer, _: nn.Flatten(),
    "reshape": lambda layer, _: nn.Unflatten(1, channels_first(layer["targetShape"])),
}


def to_torch(batch, channels_last):
    """A batch [b, h, w, c] as a tensor [b, c, h, w] in the wanted memory order; [b, features] stays as it is."""
    tensor = torch.from_numpy(batch)
    if tensor.dim() != 4:
        return tensor
    tensor = tensor.permute(0, 3, 1, 2)
    return tensor.contiguous(memory_format=torch.channels_last if channels_last else torch.contiguous_format)

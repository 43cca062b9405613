"""Builds a workload as a PyTorch module. Shared by the PyTorch peer and the ONNX export.

PyTorch has no asymmetric "same" padding for strides, so strided layers pad by one on either side instead of one
at the end: the same sizes and the same number of multiply-adds.
"""

import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid}


def build(workload):
    """An `nn.Sequential` with Keras's initial values (Glorot uniform kernels, zero biases)."""
    modules = []
    channels = workload["input"][-1]
    for layer in workload["layers"]:
        module, channels = MODULES[layer["kind"]](layer, channels)
        modules.append(module)
        if "activation" in layer:
            modules.append(ACTIVATIONS[layer["activation"]]())
    model = nn.Sequential(*modules)
    for module in model:
        if hasattr(module, "weight"):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
    return model


def _conv2d(layer, channels):
    filters, size = layer["filters"], layer["kernelSize"]
    padding = {"same": size // 2, "valid": 0}[layer["padding"]]
    return nn.Conv2d(channels, filters, size, stride=layer["strides"], padding=padding), filters


def _conv2d_transpose(layer, channels):
    filters, size, strides = layer["filters"], layer["kernelSize"], layer["strides"]
    return (
        nn.ConvTranspose2d(channels, filters, size, stride=strides, padding=size // 2, output_padding=strides - 1),
        filters,
    )


def _max_pool2d(layer, channels):
    return nn.MaxPool2d(layer["poolSize"], ceil_mode=layer["padding"] == "same"), channels


def _up_sampling2d(layer, channels):
    return nn.Upsample(scale_factor=layer["size"], mode="nearest"), channels


def _dense(layer, features):
    return nn.Linear(features, layer["units"]), layer["units"]


MODULES = {
    "conv2d": _conv2d,
    "conv2dTranspose": _conv2d_transpose,
    "maxPool2d": _max_pool2d,
    "upSampling2d": _up_sampling2d,
    "dense": _dense,
}


def to_torch(batch, channels_last):
    """A batch [b, h, w, c] as a tensor [b, c, h, w] in the wanted memory order; [b, features] stays as it is."""
    tensor = torch.from_numpy(batch)
    if tensor.dim() != 4:
        return tensor
    tensor = tensor.permute(0, 3, 1, 2)
    return tensor.contiguous(memory_format=torch.channels_last if channels_last else torch.contiguous_format)

"""Writes a workload as a standard ONNX model (NCHW, Glorot uniform kernels, zero biases)."""

import math

import numpy as np
from onnx import TensorProto, helper, numpy_helper

OPSET = 21
ACTIVATIONS = {"relu": "Relu", "sigmoid": "Sigmoid"}


class OnnxModel:
    """Collects nodes and weights layer by layer; `model` is the finished `onnx.ModelProto`."""

    def __init__(self, workload, batch_size, seed=1):
        self.generator = np.random.default_rng(seed)
        self.nodes = []
        self.weights = []
        self.num_parameters = 0
        self.value = "input"
        self.channels = workload["input"][-1]
        for layer in workload["layers"]:
            LAYERS[layer["kind"]](self, layer)
            if "activation" in layer:
                self.add(ACTIVATIONS[layer["activation"]], [])
        self.nodes[-1].output[0] = "output"

        shape = [batch_size, *channels_first(workload["input"])]
        graph = helper.make_graph(
            self.nodes,
            "workload",
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info("output", TensorProto.FLOAT, shape)],
            self.weights,
        )
        self.model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)

    def add(self, op, inputs, **attributes):
        """Appends a node that reads the current value first and becomes the current value."""
        output = f"value{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, [self.value, *inputs], [output], **attributes))
        self.value = output

    def constant(self, array):
        name = f"weight{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def parameters(self, kernel_shape, fan_in, fan_out, bias_size):
        limit = math.sqrt(6 / (fan_in + fan_out))
        kernel = self.generator.uniform(-limit, limit, kernel_shape).astype(np.float32)
        self.num_parameters += kernel.size + bias_size
        return [self.constant(kernel), self.constant(np.zeros(bias_size, np.float32))]


def channels_first(shape):
    return [shape[-1], *shape[:-1]]


def _padding(layer):
    pad = {"same": layer["kernelSize"] // 2, "valid": 0}[layer["padding"]]
    return [pad] * 4


def _conv2d(graph, layer):
    size, stride, inputs, outputs = layer["kernelSize"], layer["strides"], graph.channels, layer["filters"]
    taps = size * size
    weights = graph.parameters([outputs, inputs, size, size], inputs * taps, outputs * taps, outputs)
    graph.add("Conv", weights, kernel_shape=[size, size], strides=[stride, stride], pads=_padding(layer))
    graph.channels = outputs


def _conv2d_transpose(graph, layer):
    size, stride, inputs, outputs = layer["kernelSize"], layer["strides"], graph.channels, layer["filters"]
    taps = size * size
    weights = graph.parameters([inputs, outputs, size, size], inputs * taps, outputs * taps, outputs)
    graph.add(
        "ConvTranspose",
        weights,
        kernel_shape=[size, size],
        strides=[stride, stride],
        pads=_padding(layer),
        output_padding=[stride - 1, stride - 1],
    )
    graph.channels = outputs


def _max_pool2d(graph, layer):
    size = layer["poolSize"]
    graph.add("MaxPool", [], kernel_shape=[size, size], strides=[size, size], ceil_mode=int(layer["padding"] == "same"))


def _up_sampling2d(graph, layer):
    scales = graph.constant(np.array([1, 1, layer["size"], layer["size"]], np.float32))
    graph.add("Resize", ["", scales], mode="nearest", nearest_mode="floor", coordinate_transformation_mode="asymmetric")


def _dense(graph, layer):
    weights = graph.parameters([graph.channels, layer["units"]], graph.channels, layer["units"], layer["units"])
    graph.add("Gemm", weights)
    graph.channels = layer["units"]


LAYERS = {
    "conv2d": _conv2d,
    "conv2dTranspose": _conv2d_transpose,
    "maxPool2d": _max_pool2d,
    "upSampling2d": _up_sampling2d,
    "dense": _dense,
}

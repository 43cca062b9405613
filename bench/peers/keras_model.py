"""Builds the models of a workload with Keras."""

import keras

LOSSES = {"binaryCrossentropy": "binary_crossentropy", "meanSquaredError": "mse"}


def autoencoder(workload, jit_compile):
    """The compiled model of an autoencoder's workload."""
    model = sequential(workload["input"], workload["layers"])
    model.compile(optimizer=keras.optimizers.Adam(), loss=LOSSES[workload["loss"]], jit_compile=jit_compile)
    return model


def sequential(input_shape, layers):
    """A workload's list of layers as a `keras.Sequential`."""
    return keras.Sequential([keras.Input(input_shape), *(LAYERS[layer["kind"]](layer) for layer in layers)])


def _convolution(layer_class):
    return lambda layer: layer_class(
        layer["filters"],
        layer["kernelSize"],
        strides=layer["strides"],
        padding=layer["padding"],
        activation=layer.get("activation"),
    )


LAYERS = {
    "conv2d": _convolution(keras.layers.Conv2D),
    "conv2dTranspose": _convolution(keras.layers.Conv2DTranspose),
    "maxPool2d": lambda layer: keras.layers.MaxPooling2D(layer["poolSize"], padding=layer["padding"]),
    "upSampling2d": lambda layer: keras.layers.UpSampling2D(layer["size"]),
    "dense": lambda layer: keras.layers.Dense(layer["units"], activation=layer.get("activation")),
    "leakyRelu": lambda layer: keras.layers.LeakyReLU(negative_slope=layer["negativeSlope"]),
    "flatten": lambda layer: keras.layers.Flatten(),
    "reshape": lambda layer: keras.layers.Reshape(layer["targetShape"]),
}

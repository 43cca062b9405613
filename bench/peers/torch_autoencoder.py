"""An autoencoder's training step and inference in PyTorch."""

import torch
import torch_model
from torch.nn import functional
from torch_training import compiled, in_memory_order, update_of

LOSSES = {"binaryCrossentropy": functional.binary_cross_entropy, "meanSquaredError": functional.mse_loss}


def build(workload):
    """The model of the workload."""
    return in_memory_order(torch_model.build(workload["input"], workload["layers"]))


def train_step(workload):
    """The trained parameters, and a function that takes a batch and returns its loss."""
    model = build(workload)
    loss_of = LOSSES[workload["loss"]]
    parameters = list(model.parameters())
    forward = compiled(lambda batch: loss_of(model(batch), batch))
    update = update_of(parameters)
    return parameters, lambda batch: update(forward(batch))


def infer_step(workload):
    """The parameters, and a function that takes a batch and returns the model's output."""
    model = build(workload).eval()
    parameters = list(model.parameters())
    model = compiled(model)

    def step(batch):
        with torch.inference_mode():
            return model(batch)

    return parameters, step

"""A variational autoencoder's training step in PyTorch."""

import torch
import torch_model
from torch.nn import functional
from torch_training import compiled, update_of


def train_step(workload):
    """The trained parameters, and a function that takes a batch and returns its loss."""
    encoder = torch_model.build(workload["input"], workload["encoder"])
    decoder = torch_model.build([workload["codeSize"]], workload["decoder"])
    parameters = [*encoder.parameters(), *decoder.parameters()]

    def loss_of(batch):
        mean, log_variance = encoder(batch).chunk(2, dim=1)
        code = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        crossentropy = functional.binary_cross_entropy_with_logits(decoder(code), batch, reduction="sum")
        divergence = 0.5 * torch.sum(mean.square() + log_variance.exp() - 1 - log_variance)
        return (crossentropy + divergence) / len(batch)

    forward = compiled(loss_of)
    update = update_of(parameters)
    return parameters, lambda batch: update(forward(batch))

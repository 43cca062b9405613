"""What the families' training steps in PyTorch have in common: compilation, memory order and the optimizer."""

import sys

import torch

COMPILE = "--compile" in sys.argv
CHANNELS_LAST = "--channels-last" in sys.argv


def compiled(function):
    """The function or model compiled, where that is asked for."""
    return torch.compile(function) if COMPILE else function


def in_memory_order(model):
    """The model with its kernels in the memory order that is asked for."""
    return model.to(memory_format=torch.channels_last) if CHANNELS_LAST else model


def update_of(parameters, lr=1e-3, betas=(0.9, 0.999)):
    """A function that takes a loss, lets Adam update the parameters, and returns the loss."""
    # A fused update is the fastest in eager mode; compiled, Inductor fuses the plain one itself.
    optimizer = torch.optim.Adam(parameters, lr=lr, betas=betas, fused=not COMPILE)
    update = compiled(optimizer.step)

    def step(loss):
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        update()
        return loss.detach()

    return step

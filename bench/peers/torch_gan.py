"""A GAN's training step in PyTorch: the discriminator's update, then the generator's."""

import torch
import torch_model
from torch.nn import functional
from torch_training import compiled, in_memory_order, update_of


def train_step(workload):
    """The trained parameters, and a function that takes a batch and returns the sum of both losses."""
    code_size = workload["codeSize"]
    generator = in_memory_order(torch_model.build([code_size], workload["generator"]))
    discriminator = in_memory_order(torch_model.build(workload["input"], workload["discriminator"]))
    adam = {"lr": workload["adam"]["learningRate"], "betas": (workload["adam"]["beta1"], 0.999)}
    update_discriminator = update_of(list(discriminator.parameters()), **adam)
    update_generator = update_of(list(generator.parameters()), **adam)

    @compiled
    def discriminator_loss(samples):
        with torch.no_grad():
            images = generator(torch.randn(len(samples), code_size))
        of_samples, of_images = discriminator(samples), discriminator(images)
        return functional.softplus(-of_samples).mean() + functional.softplus(of_images).mean()

    @compiled
    def generator_loss(samples):
        images = generator(torch.randn(len(samples), code_size))
        return functional.softplus(-discriminator(images)).mean()

    def step(samples):
        of_discriminator = update_discriminator(discriminator_loss(samples))
        # Gradients of weights that do not change in this half of the step would be wasted.
        discriminator.requires_grad_(False)
        of_generator = update_generator(generator_loss(samples))
        discriminator.requires_grad_(True)
        return of_discriminator + of_generator

    return [*generator.parameters(), *discriminator.parameters()], step

"""PyTorch: eager or compiled (`--compile`), NCHW or `--channels-last` memory order."""

import sys

import torch
import torch_model
import workloads
from serve import serve
from torch.nn import functional

LOSSES = {"binaryCrossentropy": functional.binary_cross_entropy, "meanSquaredError": functional.mse_loss}

COMPILE = "--compile" in sys.argv
CHANNELS_LAST = "--channels-last" in sys.argv


class TorchPeer:
    def __init__(self, workload, batch_size, threads, mode):
        torch.manual_seed(1)
        torch.set_num_threads(threads)
        model = torch_model.build(workload)
        if CHANNELS_LAST:
            model = model.to(memory_format=torch.channels_last)
        self.num_parameters = sum(parameter.numel() for parameter in model.parameters())
        self.batches = [torch_model.to_torch(batch, CHANNELS_LAST) for batch in workloads.batches(workload, batch_size)]
        self.next_batch = 0
        self.value = None
        self.step = self._train_step(model, workload["loss"]) if mode == "train" else self._infer_step(model)

    def _train_step(self, model, loss_name):
        loss_function = LOSSES[loss_name]
        # A fused update is the fastest in eager mode; compiled, Inductor fuses the plain one itself.
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=not COMPILE)
        update = optimizer.step

        def forward(batch):
            return loss_function(model(batch), batch)

        if COMPILE:
            forward = torch.compile(forward)
            update = torch.compile(update)

        def step(batch):
            optimizer.zero_grad(set_to_none=True)
            loss = forward(batch)
            loss.backward()
            update()
            return loss.detach()

        return step

    def _infer_step(self, model):
        model.eval()
        if COMPILE:
            model = torch.compile(model)

        def step(batch):
            with torch.inference_mode():
                return model(batch)

        return step

    def run(self, steps):
        for _ in range(steps):
            self.value = self.step(self.batches[self.next_batch])
            self.next_batch = (self.next_batch + 1) % len(self.batches)

    def last_value(self):
        return self.value.mean().item()

    def versions(self):
        return {"torch": torch.__version__}


serve(TorchPeer)

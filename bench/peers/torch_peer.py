"""PyTorch: eager or compiled (`--compile`), NCHW or `--channels-last` memory order."""

import torch
import torch_autoencoder
import torch_gan
import torch_model
import torch_vae
import workloads
from serve import serve
from torch_training import CHANNELS_LAST

#: Each makes the parameters and the step of a workload, by mode and family.
STEPS = {
    "train": {
        "autoencoder": torch_autoencoder.train_step,
        "vae": torch_vae.train_step,
        "gan": torch_gan.train_step,
    },
    "infer": {"autoencoder": torch_autoencoder.infer_step},
}


class TorchPeer:
    def __init__(self, workload, batch_size, threads, mode):
        torch.manual_seed(1)
        torch.set_num_threads(threads)
        parameters, self.step = STEPS[mode][workload["family"]](workload)
        self.num_parameters = sum(parameter.numel() for parameter in parameters)
        self.batches = [torch_model.to_torch(batch, CHANNELS_LAST) for batch in workloads.batches(workload, batch_size)]
        self.next_batch = 0
        self.value = None

    def run(self, steps):
        for _ in range(steps):
            self.value = self.step(self.batches[self.next_batch])
            self.next_batch = (self.next_batch + 1) % len(self.batches)

    def last_value(self):
        return self.value.mean().item()

    def versions(self):
        return {"torch": torch.__version__}


serve(TorchPeer)

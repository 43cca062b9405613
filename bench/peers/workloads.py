"""The workloads of `bench/workloads.json` as the Python peers read them: the same data the TypeScript side reads."""

import json
import pathlib

import numpy as np

#: Batches a peer cycles through, so that no step sees the data of the step before.
NUM_BATCHES = 8


def load(name):
    """The description of one workload: input shape, loss and layers."""
    path = pathlib.Path(__file__).parent.parent / "workloads.json"
    return json.loads(path.read_text(encoding="utf-8"))[name]


def batches(workload, batch_size, seed=1):
    """`NUM_BATCHES` batches of uniform samples in [0, 1), channels last: arrays of [batch, ...input]."""
    generator = np.random.default_rng(seed)
    shape = (batch_size, *workload["input"])
    return [generator.random(shape, dtype=np.float32) for _ in range(NUM_BATCHES)]

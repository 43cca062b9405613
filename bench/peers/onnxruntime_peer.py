"""ONNX Runtime, CPU provider: inference only (its training package is no longer published)."""

import numpy as np
import onnx_model
import onnxruntime
import workloads
from serve import serve


class OnnxRuntimePeer:
    def __init__(self, workload, batch_size, threads, mode):
        if mode != "infer":
            raise ValueError(f"ONNX Runtime does inference only; expected mode 'infer', got {mode!r}")
        graph = onnx_model.OnnxModel(workload, batch_size)
        self.num_parameters = graph.num_parameters
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        # Threads spin between the nodes of a run, which is faster, but not between runs, when others are timed.
        options.add_session_config_entry("session.force_spinning_stop", "1")
        self.session = onnxruntime.InferenceSession(
            graph.model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self.feeds = [{"input": to_channels_first(batch)} for batch in workloads.batches(workload, batch_size)]
        self.next_batch = 0
        self.value = None

    def run(self, steps):
        for _ in range(steps):
            (self.value,) = self.session.run(["output"], self.feeds[self.next_batch])
            self.next_batch = (self.next_batch + 1) % len(self.feeds)

    def last_value(self):
        return float(self.value.mean())

    def versions(self):
        return {"onnxruntime": onnxruntime.__version__}


def to_channels_first(batch):
    return np.ascontiguousarray(np.moveaxis(batch, -1, 1)) if batch.ndim == 4 else batch


serve(OnnxRuntimePeer)

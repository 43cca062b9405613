"""MobileNetV2 elsewhere, for run.ts: ONNX Runtime's forward pass, or Keras's training step of a head on a frozen base.

    peer.py forward MODEL.onnx     peer.py head ALPHA

Speaks the harness's line protocol (../protocol.ts); `batch` and `threads` come with `setup`, the images are those of run.ts.
"""

import json
import os
import sys
import time

import numpy as np

SIZE = 224


def images(batch):
    numbers = np.arange(batch * SIZE * SIZE * 3)
    return ((numbers * 7919) % 256 / 127.5 - 1).astype(np.float32).reshape(batch, SIZE, SIZE, 3)


def forward(path, batch, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads spin between the nodes of a run, which is faster, but not between runs, when others are timed.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    feeds = {session.get_inputs()[0].name: images(batch)}
    return lambda: float(session.run(None, feeds)[0].std()), {"onnxruntime": onnxruntime.__version__}


def head(alpha, batch, threads):
    os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    import tensorflow

    tensorflow.config.threading.set_intra_op_parallelism_threads(threads)
    tensorflow.config.threading.set_inter_op_parallelism_threads(threads)
    import keras

    shape = (SIZE, SIZE, 3)
    base = keras.applications.MobileNetV2(
        alpha=float(alpha), input_shape=shape, include_top=False, pooling="avg", weights=None
    )
    base.trainable = False
    image = keras.Input(shape)
    model = keras.Model(image, keras.layers.Dense(2, activation="softmax")(base(image, training=False)))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    x, y = tensorflow.constant(images(batch)), tensorflow.constant(np.arange(batch) % 2)
    step = lambda: float(model.train_on_batch(x, y))  # noqa: E731
    for _ in range(3):
        step()
    return step, {"keras": keras.__version__, "tensorflow": tensorflow.__version__}


def main():
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    kind, argument = sys.argv[1:]
    step = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["cmd"] == "quit":
            return
        if request["cmd"] == "setup":
            build = {"forward": forward, "head": head}[kind]
            step, versions = build(argument, request["batch"], request["threads"])
            reply = {"ok": True, "parameters": 0, "versions": versions}
        else:
            start = time.perf_counter()
            value = [step() for _ in range(request["steps"])][-1]
            reply = {"ok": True, "seconds": time.perf_counter() - start, "idleCpuSeconds": 0, "value": value}
        print(json.dumps(reply), file=replies, flush=True)


main()

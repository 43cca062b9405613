"""Keras 3 on TensorFlow's CPU backend, compiled as `fit` compiles it; `--no-xla` turns XLA off (`jit_compile=False`).

`fit` calls the function that `make_train_function` returns, once per step, with an iterator over the data; so does
this peer. What it leaves out is what `fit` does around that call: callbacks, the progress bar and the logs.
"""

import itertools
import math
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import keras_gan
import keras_model
import keras_vae
import numpy as np
import tensorflow as tf
import workloads
from serve import serve

#: Each makes the compiled model of a workload.
FAMILIES = {"autoencoder": keras_model.autoencoder, "vae": keras_vae.vae, "gan": keras_gan.gan}

JIT_COMPILE = False if "--no-xla" in sys.argv else "auto"


class KerasPeer:
    def __init__(self, workload, batch_size, threads, mode):
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
        keras.utils.set_random_seed(1)
        model = FAMILIES[workload["family"]](workload, JIT_COMPILE)
        self.num_parameters = sum(math.prod(variable.shape) for variable in model.trainable_variables)
        batches = [tf.constant(batch) for batch in workloads.batches(workload, batch_size)]
        if mode == "train":
            model.make_train_function()
            # The target of an autoencoder is the input; the other families' own training steps take the input alone.
            copies = 2 if workload["family"] == "autoencoder" else 1
            iterator = endless([(batch,) * copies for batch in batches])
            self.step = lambda: model.train_function(iterator)["loss"]
        else:
            model.make_predict_function()
            one_step_data = itertools.cycle([[(batch,)] for batch in batches])
            self.step = lambda: model.predict_function(next(one_step_data))
        self.value = None

    def run(self, steps):
        for _ in range(steps):
            self.value = self.step()
        # TensorFlow may return before the work is done; reading the result waits for it.
        self.value = np.asarray(self.value)

    def last_value(self):
        return float(np.mean(self.value))

    def versions(self):
        return {"keras": keras.__version__, "tensorflow": tf.__version__}


def endless(batches):
    """An iterator over batches in memory that never ends, of the kind `fit` makes."""
    columns = [tf.stack(column) for column in zip(*batches, strict=True)]
    return iter(tf.data.Dataset.from_tensor_slices(tuple(columns)).cache().repeat())


serve(KerasPeer)

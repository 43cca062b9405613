"""The Python side: what Sandglass wrote is read by Keras, ONNX Runtime, safetensors and TensorBoard, and Keras writes its own.

    python check.py FOLDER

Every line says what was compared and how far it is off. Exit code 1 when something is off by more than is allowed.
"""

import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import absl.logging  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402
import onnx  # noqa: E402
import onnxruntime  # noqa: E402
import safetensors.numpy  # noqa: E402
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator  # noqa: E402
from tensorboard.util.tensor_util import make_ndarray  # noqa: E402

from exchange import FURTHER_STEPS, largest_difference, read_arrays, read_json, write_arrays, write_json  # noqa: E402

PREDICTIONS_WITHIN = 1e-5
# Steps add their rounding up: float32 sums in another order.
LOSSES_WITHIN = 1e-4

# That .h5 is old is known.
absl.logging.set_verbosity(absl.logging.ERROR)

failures = []


def report(model, what, difference, allowed):
    passed = difference <= allowed
    if not passed:
        failures.append(f"{model}: {what}")
    print(f"{'ok  ' if passed else 'FAIL'} {model:28} {what:44} {difference:.1e}", flush=True)


def attempt(model, what, compare, allowed):
    """Runs a comparison; an exception is a failure that does not keep the others from running."""
    try:
        report(model, what, compare(), allowed)
    except Exception as error:  # noqa: BLE001
        failures.append(f"{model}: {what}")
        print(f"FAIL {model:28} {what}: {type(error).__name__}: {str(error).splitlines()[0]}", flush=True)


def as_list(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def only(values):
    return values[0] if len(values) == 1 else values


def worst(actual, expected):
    actual = as_list(actual)
    return max(largest_difference(a, e) for a, e in zip(actual, expected, strict=True))


def train(model, inputs, targets):
    losses = []
    for _ in range(FURTHER_STEPS):
        result = model.train_on_batch(only(inputs), only(targets), return_dict=True)
        losses.append(float(result["loss"]))
        model.reset_metrics()
    return losses


def check_model(folder):
    name = folder.name
    manifest = read_json(folder / "manifest.json")
    inputs, targets = read_arrays(folder, "inputs"), read_arrays(folder, "targets")
    expected = read_arrays(folder, "predictions")

    def predict(model):
        return worst(model.predict(only(inputs), verbose=0), expected)

    def weights_file(path):
        model = keras.saving.load_model(folder / "model.keras", compile=False)
        for variable in model.variables:
            if "seed_generator" not in variable.path:
                variable.assign(np.zeros(variable.shape, variable.dtype))
        model.load_weights(path)
        return predict(model)

    attempt(name, "Keras predicts from .keras", lambda: predict(keras.saving.load_model(folder / "model.keras")), 1e-5)
    if (folder / "model.h5").exists():
        attempt(name, "Keras predicts from .h5", lambda: predict(keras.saving.load_model(folder / "model.h5")), 1e-5)
    if (folder / "model.weights.h5").exists():
        attempt(name, "Keras predicts from .weights.h5", lambda: weights_file(folder / "model.weights.h5"), 1e-5)

    def goes_on():
        model = keras.saving.load_model(folder / "model.keras")
        return largest_difference(train(model, inputs, targets), manifest["losses"])

    if not manifest["isRandom"]:
        attempt(name, f"Keras trains on for {FURTHER_STEPS} steps", goes_on, LOSSES_WITHIN)
    if (folder / "model.onnx").exists():
        check_onnx(name, folder, inputs, expected)
    if (folder / "model.safetensors").exists():
        check_safetensors(name, folder)
    attempt(name, "Keras writes its own files", lambda: write_back(folder, inputs, targets), 0)


def check_onnx(name, folder, inputs, expected):
    def run(count):
        model = onnx.load(folder / "model.onnx")
        onnx.checker.check_model(model, full_check=True)
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        feeds = {each.name: array[:count] for each, array in zip(session.get_inputs(), inputs, strict=True)}
        return worst(session.run(None, feeds), [array[:count] for array in expected])

    for count in (1, len(inputs[0])):
        attempt(name, f"ONNX Runtime, batch {count}", lambda count=count: run(count), PREDICTIONS_WITHIN)


def check_safetensors(name, folder):
    def compare():
        # By layer and variable: what a layer is part of when it is built differs between the programs.
        tensors = by_own_name(safetensors.numpy.load_file(folder / "model.safetensors").items())
        model = keras.saving.load_model(folder / "model.keras", compile=False)
        variables = by_own_name((v.path, v.numpy()) for v in model.variables if "seed_generator" not in v.path)
        if set(tensors) != set(variables):
            raise ValueError(f"names {sorted(tensors)} instead of {sorted(variables)}")
        return max((largest_difference(tensors[key], variables[key]) for key in tensors), default=0.0)

    attempt(name, "safetensors", compare, 0)


def by_own_name(weights):
    """Weights by their layer and name, which must tell them apart."""
    weights = [("/".join(path.split("/")[-2:]), value) for path, value in weights]
    if len(dict(weights)) != len(weights):
        raise ValueError(f"the names {[name for name, _ in weights]} do not tell the weights apart")
    return dict(weights)


def write_back(folder, inputs, targets):
    """Keras's own files of the model, a few steps later, with what it predicts then and the losses that follow."""
    theirs = folder / "keras"
    model = keras.saving.load_model(folder / "model.keras")
    train(model, inputs, targets)
    write_arrays(theirs, "predictions", as_list(model.predict(only(inputs), verbose=0)))
    model.save(theirs / "model.keras")
    if (folder / "model.h5").exists():
        model.save(theirs / "model.h5")
    model.save_weights(theirs / "model.weights.h5")
    write_json(theirs / "losses.json", train(model, inputs, targets))
    return 0.0


def check_tensorboard(folder):
    name = "tensorboard"
    content = read_json(folder / "history.json")
    history, weights = content["history"], content["weights"]
    readers = {}
    for run in ("train", "validation"):
        readers[run] = EventAccumulator(str(folder / "logs" / run), size_guidance={"tensors": 0})
        readers[run].Reload()

    def scalars(run, prefix):
        off = 0.0
        for key, values in history.items():
            if key.startswith("val_") != bool(prefix):
                continue
            events = readers[run].Tensors(f"epoch_{key.removeprefix('val_')}")
            if [event.step for event in events] != list(range(len(values))):
                raise ValueError(f"steps {[event.step for event in events]} of {key}")
            off = max(off, largest_difference([make_ndarray(event.tensor_proto) for event in events], values))
        return off

    def histograms():
        for weight in weights:
            for event in readers["train"].Tensors(f"{weight['path']}/histogram"):
                buckets = make_ndarray(event.tensor_proto)
                if buckets.shape != (30, 3) or buckets[:, 2].sum() != weight["size"]:
                    raise ValueError(f"buckets of {weight['path']}: {buckets.shape}, {buckets[:, 2].sum()} values")
        return 0.0

    def images():
        [tag] = readers["train"].PluginTagToContent("images")
        events = readers["train"].Tensors(tag)
        for event in events:
            width, height, png = make_ndarray(event.tensor_proto)[:3]
            if not png.startswith(b"\x89PNG\r\n") or int(width) < 28 or int(height) < 28:
                raise ValueError(f"an image of {width} x {height}")
        return abs(len(events) - len(history["loss"]))

    def hyperparameters():
        reader = EventAccumulator(str(folder / "logs"))
        reader.Reload()
        tags = set(reader.PluginTagToContent("hparams"))
        expected = {"_hparams_/session_start_info", "_hparams_/session_end_info"}
        if tags != expected:
            raise ValueError(f"{sorted(tags)} instead of {sorted(expected)}")
        return 0.0

    attempt(name, "scalars of the training", lambda: scalars("train", ""), 1e-6)
    attempt(name, "scalars of the validation", lambda: scalars("validation", "val_"), 1e-6)
    attempt(name, "histograms of the weights", histograms, 0)
    attempt(name, "images of reconstructions", images, 0)
    attempt(name, "hyperparameters", hyperparameters, 0)


def main():
    folder = pathlib.Path(sys.argv[1])
    models = sorted(path.parent for path in folder.glob("*/manifest.json"))
    for model in models:
        check_model(model)
    if (folder / "tensorboard").exists():
        check_tensorboard(folder / "tensorboard")
    print(f"\n{len(models)} models, {len(failures)} failures")
    for failure in failures:
        print(f"  {failure}")
    sys.exit(1 if failures or not models else 0)


if __name__ == "__main__":
    main()

"""How models, arrays and figures come from the TypeScript side and go back. Twin of exchange.ts."""

import json
import pathlib

import numpy as np

FURTHER_STEPS = 5


def read_json(path):
    return json.loads(pathlib.Path(path).read_text())


def write_json(path, content):
    pathlib.Path(path).write_text(json.dumps(content, indent=1, allow_nan=False))


def read_arrays(folder, name):
    """The arrays of `<name>.<index>.f32`, with the shapes of `<name>.json`."""
    shapes = read_json(folder / f"{name}.json")
    return [np.fromfile(folder / f"{name}.{i}.f32", "<f4").reshape(shape) for i, shape in enumerate(shapes)]


def write_arrays(folder, name, arrays):
    folder.mkdir(parents=True, exist_ok=True)
    arrays = [np.asarray(array, "<f4") for array in arrays]
    write_json(folder / f"{name}.json", [list(array.shape) for array in arrays])
    for i, array in enumerate(arrays):
        array.tofile(folder / f"{name}.{i}.f32")


def largest_difference(actual, expected):
    """The largest |a - b| / max(1, |b|); infinite where the shapes differ or a number is none."""
    actual, expected = np.asarray(actual, np.float64), np.asarray(expected, np.float64)
    if actual.shape != expected.shape:
        return float("inf")
    difference = np.max(np.abs(actual - expected) / np.maximum(1, np.abs(expected)), initial=0)
    return float("inf") if np.isnan(difference) else float(difference)

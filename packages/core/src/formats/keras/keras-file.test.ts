import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { decodeArray, readFixture, readFixtureBytes } from "../../../../../fixtures/keras/read.ts";
import { compileConfig, parseCompileConfig } from "./compile-config.ts";
import { readKerasFile, writeKerasFile } from "./keras-file.ts";
import type { WeightArray } from "./weight-array.ts";
import { float32Values } from "./weight-array.ts";

const { nested, sequential, branched } = readFixture("models");
const config = { class_name: "Sequential", config: { name: "ä", layers: [] } };
const weights: readonly WeightArray[] = [
  { path: "layers/dense/vars/0", shape: [2, 1], data: Float32Array.of(0.5, -0.25) },
  { path: "optimizer/vars/0", shape: [], data: BigInt64Array.of(7n) },
];

describe("writing", () => {
  test("what is written is read again", async () => {
    const read = await readKerasFile(await writeKerasFile({ config, weights }));
    expect(read.config).toEqual(config);
    expect(read.weights).toEqual(weights);
    expect(read.metadata).toEqual({ keras_version: "3.15.1", date_saved: "1980-01-01@00:00:00" });
  });

  test("notes of one's own go into the metadata", async () => {
    const metadata = { date_saved: "2026-01-02@03:04:05", sandglass_version: "0.1.0" };
    const read = await readKerasFile(await writeKerasFile({ config, weights, metadata }));
    expect(read.metadata).toEqual({ keras_version: "3.15.1", ...metadata });
  });

  test("the same content gives the same bytes", async () => {
    const write = (): Promise<Uint8Array> => writeKerasFile({ config, weights });
    expect(await write()).toEqual(await write());
  });
});

describe("reading files of Keras's", () => {
  test.each([nested, sequential, branched])("finds configuration, metadata and weights: $file", async (saved) => {
    const read = await readKerasFile(readFixtureBytes(saved.file));
    expect(read.config).toMatchObject({ registered_name: saved === sequential ? null : "Functional" });
    expect(read.metadata).toMatchObject({ keras_version: "3.15.1" });
    const groups = new Set(read.weights.map(({ path }) => path.replace(/\/\d+$/u, "")));
    expect([...groups].toSorted((a, b) => a.localeCompare(b))).toEqual(
      Object.keys(saved.layerNames).toSorted((a, b) => a.localeCompare(b)),
    );
  });

  test("a prediction made by hand from the weights is Keras's", async () => {
    // Of branches.keras, the last layers: dense [67, 64] with sigmoid, over what the rest of the model gives. The
    // prediction's logits minus the bias lie in the span of the kernel's rows, so one layer shows values and layout.
    const read = await readKerasFile(readFixtureBytes(branched.file));
    const array = (path: string): WeightArray => {
      const found = read.weights.find((weight) => weight.path === path);
      if (found === undefined) throw new Error(`no ${path}`);
      return found;
    };
    const input = decodeArray(branched.input).data.subarray(0, 64);
    const dense = (values: ArrayLike<number>, path: string, activation: (value: number) => number): number[] => {
      const kernel = array(`${path}/0`);
      const [rows = 0, columns = 0] = kernel.shape;
      const [k, b] = [float32Values(kernel), float32Values(array(`${path}/1`))];
      expect(values).toHaveLength(rows);
      return Array.from({ length: columns }, (_, column) => {
        let sum = b[column] ?? NaN;
        for (let row = 0; row < rows; row++) sum += (values[row] ?? NaN) * (k[row * columns + column] ?? NaN);
        return activation(sum);
      });
    };
    const linear = (value: number): number => value;
    const right = dense(input, "layers/dense/vars", linear);
    const left = dense(input, "layers/dense_1/vars", linear);
    const shared = [right, left].map((values) => dense(values, "layers/dense_2/vars", Math.tanh));
    const sum = [0, 1, 2].map((index) => (shared[0]?.[index] ?? NaN) + (shared[1]?.[index] ?? NaN));
    const hidden = dense(sum, "layers/sequential/layers/dense/vars", (value) => Math.max(0, value));
    const joined = [...dense(hidden, "layers/sequential/layers/dense_1/vars", linear), ...left];
    const output = dense(joined, "layers/dense_3/vars", (value) => 1 / (1 + Math.exp(-value)));
    const expected = decodeArray(branched.output).data.subarray(0, 64);
    for (const [index, value] of output.entries()) expect(value).toBeCloseTo(expected[index] ?? NaN, 5);
  });

  test("finds how the model was compiled", async () => {
    const compiled = async (file: string): Promise<unknown> =>
      parseCompileConfig((await readKerasFile(readFixtureBytes(file))).config);
    expect(await compiled(nested.file)).toMatchObject({
      optimizer: { className: "Adam", config: { beta_2: 0.999 } },
      loss: "mse",
      metrics: null,
    });
    expect(await compiled(sequential.file)).toMatchObject({
      optimizer: { className: "SGD", config: { momentum: 0.9 } },
      loss: { class_name: "BinaryCrossentropy", config: { from_logits: false } },
    });
    expect(await compiled(branched.file)).toBeUndefined();
  });
});

describe("how a model was compiled", () => {
  const adam = { className: "Adam", config: { learning_rate: 0.01 } };

  test.each([
    { optimizer: adam, loss: "mse", lossWeights: null, metrics: null, weightedMetrics: null },
    {
      optimizer: adam,
      loss: { a: "mse", b: "mae" },
      lossWeights: [1, 2],
      metrics: [["mae"], []],
      weightedMetrics: null,
    },
  ])("is read as written: %j", (compiled) => {
    expect(parseCompileConfig({ compile_config: compileConfig(compiled) })).toEqual(compiled);
  });

  test("must have an optimizer with its class", () => {
    expect(() => parseCompileConfig({ compile_config: { optimizer: "adam", loss: "mse" } })).toThrow(
      'the optimizer must be an object in config.json; it is "adam"',
    );
  });
});

describe("reading refuses", () => {
  test("what is no zip, or a zip of something else", async () => {
    await expect(readKerasFile(strToU8("\x89HDF"))).rejects.toThrow("are not a zip file, which a .keras file is");
    await expect(readKerasFile(zipSync({ "word/document.xml": strToU8("") }))).rejects.toThrow(
      "expected config.json and model.weights.h5; it has word/document.xml",
    );
  });

  test("files damaged anywhere", async () => {
    const bytes = readFixtureBytes(nested.file);
    // The directory at the end also holds dates, which nobody reads.
    for (let at = 200; at < bytes.length - 300; at += 1511) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      await expect(readKerasFile(damaged), `byte ${at}`).rejects.toThrow("the zip is damaged");
    }
    for (const length of [1, 100, 10_000, bytes.length - 1]) {
      await expect(readKerasFile(bytes.slice(0, length))).rejects.toThrow(/zip/u);
    }
  });

  test("a configuration that is no JSON, or no object", async () => {
    const file = (text: string): Uint8Array =>
      zipSync({ "config.json": strToU8(text), "model.weights.h5": new Uint8Array(0) });
    await expect(readKerasFile(file('{"class_name"'))).rejects.toThrow("config.json is not JSON");
    await expect(readKerasFile(file("[1]"))).rejects.toThrow("config.json must hold a JSON object; it holds [1]");
    await expect(readKerasFile(file("{}"))).rejects.toThrow("the weights are no sound HDF5 file");
  });
});

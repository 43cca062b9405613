// What transfer needs of a base: it can be cut at a layer, and frozen it costs nothing but its forward pass.
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readFixture, readFixtureBytes } from "../../../../../fixtures/keras/read.ts";
import { planProgram } from "../../compile/compile.ts";
import { dense, globalAveragePooling2d } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { sgd } from "../../nn/optimizers/index.ts";
import { trainingGraph } from "../../nn/training/model-graph.ts";
import { resolveObjective } from "../../nn/training/objective.ts";
import { loadMobileNetV2 } from "./load-weights.ts";

const SIZE = 32;
const COUNT = 4;
const images = Float32Array.from({ length: COUNT * SIZE * SIZE * 3 }, (_, index) => ((index * 7919) % 256) / 127.5 - 1);
const labels = Float32Array.of(0, 1, 1, 0);

/** With weights under which the features are neither all 0 nor all 6. */
function openBase(pooling?: "avg"): Promise<Model> {
  const bytes = new Uint8Array(gunzipSync(readFixtureBytes(readFixture("applications").withAnotherHead.keras)));
  return loadMobileNetV2(bytes, { alpha: 0.05, inputShape: [SIZE, SIZE, 3], includeTop: false, pooling });
}

async function classifier(): Promise<{ base: Model; network: Model }> {
  const base = await openBase("avg");
  const image = input([SIZE, SIZE, 3]);
  const network = model(image, dense(2, { activation: "softmax" })(base(image)));
  network.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: "sparseCategoricalCrossentropy" });
  return { base, network };
}

/** The names of the ops that a training step runs. */
function trainingOps(network: Model): readonly string[] {
  const objective = resolveObjective({ loss: "sparseCategoricalCrossentropy" }, network.outputNames);
  const kind = { targets: [{ shape: [1] }], weighted: [false] };
  const { figures, updates } = trainingGraph(network, objective, kind, sgd({ learningRate: 0.1 }), () => ({}));
  const outputs = Object.fromEntries(
    figures.flatMap(({ parts }, figure) =>
      Object.entries(parts).map(([part, node]) => [`${figure} ${part}`, node] as const),
    ),
  );
  const { schedule } = planProgram({ batchSize: COUNT, outputs, updates });
  return schedule.tasks.flatMap(({ members }) => members.map(({ op }) => op.name));
}

describe("a frozen base", () => {
  it("keeps all its weights and statistics, and computes as in prediction, while the head learns", async () => {
    const { base, network } = await classifier();
    base.trainable = false;
    const before = base.getWeights();
    const head = network.getLayer(-1).getWeights();
    const { loss } = await network.evaluate(images, labels);
    // Batch normalization in training mode would give another loss: its statistics would be those of the batch.
    expect((await network.trainOnBatch(images, labels))["loss"]).toBeCloseTo(loss!, 5);
    expect(base.getWeights()).toEqual(before);
    expect(network.getLayer(-1).getWeights()).not.toEqual(head);
    await network.dispose();
  });

  it("has no gradients in the compiled step", async () => {
    const { base, network } = await classifier();
    const gradients = /Grad$|Transpose$/;
    expect(trainingOps(network).filter((name) => gradients.test(name)).length).toBeGreaterThan(50);
    base.trainable = false;
    expect(trainingOps(network).filter((name) => gradients.test(name))).toEqual(["denseKernelGrad"]);
  });

  it("learns from a layer on, its batch normalization still frozen", async () => {
    const { base, network } = await classifier();
    const first = base.layers.findIndex(({ name }) => name === "block_16_expand");
    for (const [index, layer] of base.layers.entries()) {
      layer.trainable = index >= first && layer.className !== "BatchNormalization";
    }
    const before = base.getWeights();
    await network.trainOnBatch(images, labels);
    const after = base.getWeights();
    const changed = base.variables.filter((_, index) => after[index]!.some((value, i) => value !== before[index]![i]));
    expect(changed.map(({ path }) => path)).toEqual([
      "block_16_expand/kernel",
      "block_16_depthwise/kernel",
      "block_16_project/kernel",
      "Conv_1/kernel",
    ]);
    expect(trainingOps(network).filter((name) => name === "depthwiseConv2dTranspose")).toHaveLength(1);
    await network.dispose();
  });
});

describe("a base cut at a layer", () => {
  it("gives that layer's features, with the base's weights", async () => {
    const base = await openBase();
    const middle = model(base.inputs, base.getLayer("block_6_expand_relu").output);
    expect(middle.output.shape).toEqual([4, 4, 48]);
    expect(middle.layers.at(-1)?.name).toBe("block_6_expand_relu");
    const pooled = model(base.inputs, globalAveragePooling2d()(base.getLayer("out_relu").output));
    const [features, means] = [await base.predict(images), await pooled.predict(images)];
    // One pixel is left, whose mean is itself.
    expect(means).toEqual(features);
    expect((await middle.predict(images)).some((value) => value > 0)).toBe(true);
    for (const each of [middle, pooled, base]) await each.dispose();
  });
});

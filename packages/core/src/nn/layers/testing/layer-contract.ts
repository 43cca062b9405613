/**
 * What every layer must hold to, whatever it does: the contract that `layer-contract.test.ts` puts every class to that model
 * files may name.
 */
import { expect } from "vitest";
import { gradients } from "../../../autodiff/gradient.ts";
import { topologicalOrder } from "../../../graph/node.ts";
import type { Node } from "../../../graph/node.ts";
import { sizeOf } from "../../../graph/tensor-type.ts";
import type { Shape } from "../../../graph/tensor-type.ts";
import { add, mul } from "../../../ops/elementwise.ts";
import { inputNode } from "../../../ops/leaf.ts";
import { sum, sumSamples } from "../../../ops/reduce.ts";
import { interpret } from "../../../ops/testing/interpret.ts";
import { fillTensor, uniformNumbers } from "../../../ops/testing/values.ts";
import type { TensorValue } from "../../../ops/testing/values.ts";
import type { Device } from "../../../runtime/device.ts";
import { runCompiled } from "../../../runtime/testing/run-compiled.ts";
import { constantsOf } from "../../constant-tensor.ts";
import { input } from "../input-layer.ts";
import type { Layer } from "../layer.ts";
import { lowerContext } from "../lower-context.ts";
import { layerFromConfig } from "../registry.ts";

export interface LayerExample {
  /** Makes a new layer of the same settings. */
  make(): Layer;
  /** Shapes of the inputs of one call, without the batch. */
  readonly inputs: readonly Shape[];
  /** The shape of the output. */
  readonly output: Shape;
  /** Bounds of the inputs, away from kinks where central differences see none of them; −2 and 2 unless given. */
  readonly bounds?: readonly [low: number, high: number];
  /** False where the layer's output in training has no slope in its inputs. */
  readonly isDifferentiable?: boolean;
}

/** Samples of a batch: no multiple of the lanes. */
const BATCH = 5;
const STEP = 1e-5;

/** The configuration is plain JSON, and the layer made of it has the same. */
export function checkConfig({ make, inputs }: LayerExample): void {
  const layer = make();
  const config = layer.getConfig();
  expect(JSON.parse(JSON.stringify(config))).toEqual(config);
  const again = layerFromConfig(layer.className, config);
  expect(again.className).toBe(layer.className);
  expect(again.getConfig()).toEqual(config);
  for (const each of [layer, again]) each.applyTo(inputs.map((shape) => input(shape)));
  const describe = (each: Layer): unknown =>
    each.variables.map(({ name, shape, trainable }) => [name, shape, trainable]);
  expect(describe(again)).toEqual(describe(layer));
}

/** The output has the shape that the call says, and weights can be read, replaced and frozen. */
export function checkCall({ make, inputs, output }: LayerExample): void {
  const layer = make();
  const outputs = layer.applyTo(inputs.map((shape) => input(shape)));
  expect(outputs.map(({ shape }) => shape)).toEqual([output]);
  expect(layer.countParams()).toBe(layer.variables.reduce((total, { shape }) => total + sizeOf(shape), 0));
  const changed = layer.getWeights().map((values) => values.map((value) => value + 1));
  layer.setWeights(changed);
  expect(layer.getWeights()).toEqual(changed);
  layer.trainable = false;
  expect(layer.trainableVariables).toEqual([]);
  expect(layer.nonTrainableVariables).toEqual(layer.variables);
  const shapes = layer.numInputs === 1 ? [inputs[0]!, inputs[0]!] : [];
  expect(() => make().applyTo(shapes.map((shape) => input(shape)))).toThrow(layer.className);
}

/**
 * Outputs, penalties and gradients: by the kernels of a compiled program as by the float64 references, and with the same bits
 * on each of the devices.
 */
export async function checkCompiled(
  example: LayerExample,
  training: boolean,
  devices: readonly Device[],
): Promise<void> {
  const { outputs, feeds } = lower(example, training);
  const expected = interpret(outputs, feeds, { batch: BATCH, step: 3, seed: 7 });
  const runs = await Promise.all(
    devices.map((device) =>
      runCompiled(outputs, float32(feeds), { batch: BATCH, batchSize: BATCH + 1, device, step: 3, seed: 7 }),
    ),
  );
  for (const run of runs) expect(run).toEqual(runs[0]);
  for (const [index, value] of expected.entries()) {
    const actual = flat(runs[0]![index]!);
    const scale = Math.max(1, ...flat(value).map(Math.abs));
    for (const [i, number] of flat(value).entries()) {
      expect(Math.abs(actual[i]! - number) / scale, `element ${i} of result ${index}`).toBeLessThan(2e-5);
    }
  }
}

/** Gradients with respect to inputs and weights: by central differences of the references. */
export function checkGradients(example: LayerExample): void {
  const { loss, slopes, leaves, feeds } = lower(example, true);
  const lossAt = (): number => (interpret([loss], feeds, { batch: BATCH, seed: 7 })[0] as Float64Array)[0]!;
  const computed = interpret(slopes, feeds, { batch: BATCH, seed: 7 });
  for (const [index, leaf] of leaves.entries()) {
    const arrays = [feeds.get(leaf)!].flat() as Float64Array[];
    const slope = [computed[index]!].flat() as Float64Array[];
    for (const [sample, array] of arrays.entries()) {
      for (let i = 0; i < array.length; i++) {
        const middle = array[i]!;
        array[i] = middle + STEP;
        const above = lossAt();
        array[i] = middle - STEP;
        const below = lossAt();
        array[i] = middle;
        const difference = (above - below) / (2 * STEP);
        const label = `element ${i} of sample ${sample} of leaf ${index}`;
        expect(Math.abs(slope[sample]![i]! - difference), label).toBeLessThan(1e-6 * Math.max(1, Math.abs(difference)));
      }
    }
  }
}

interface Lowered {
  /** The layer's outputs, the loss and its gradients. */
  readonly outputs: readonly Node[];
  readonly loss: Node;
  readonly slopes: readonly Node[];
  readonly leaves: readonly Node[];
  readonly feeds: Map<Node, TensorValue>;
}

/** The layer on random inputs, with a loss that weighs every element of the output differently. */
function lower(
  { make, inputs, bounds: [low, high] = [-2, 2], isDifferentiable = true }: LayerExample,
  training: boolean,
): Lowered {
  const layer = make();
  layer.applyTo(inputs.map((shape) => input(shape)));
  const context = lowerContext({ training });
  const operands = inputs.map((shape, index) => inputNode(`x${index}`, shape));
  const [output] = layer.lowerCall(context, operands) as [Node];
  const weights = inputNode("weights", output.type.shape);
  const penalties = context.losses.map((node) =>
    node.type.scope === "shared" ? node : sumSamples(mul(node, context.sampleShare)),
  );
  const loss = [sumSamples(sum(mul(output, weights))), ...penalties].reduce((total, part) => add(total, part));
  const reached = new Set(topologicalOrder([loss]));
  const leaves = (isDifferentiable ? [...operands, ...layer.trainableVariables.map(({ node }) => node)] : []).filter(
    (leaf) => reached.has(leaf),
  );
  const slopes = gradients(loss, leaves);
  const outputs = [output, loss, ...slopes, ...context.updates.values()];

  const numbers = uniformNumbers(11, low, high);
  const feeds = new Map<Node, TensorValue>(
    operands.map((operand) => [operand, fillTensor(operand.type, BATCH, numbers)]),
  );
  feeds.set(weights, fillTensor(weights.type, BATCH, uniformNumbers(12, -1, 1)));
  feeds.set(
    context.sampleShare,
    fillTensor(context.sampleShare.type, BATCH, () => 1 / BATCH),
  );
  // Weights a little off their first values: ones and zeros hide mistakes.
  const change = uniformNumbers(13, 0.05, 0.3);
  for (const variable of layer.variables) {
    feeds.set(
      variable.node,
      Float64Array.from(variable.read(), (value) => Math.fround(value + change())),
    );
  }
  for (const [node, values] of constantsOf(outputs)) feeds.set(node, Float64Array.from(values));
  return { outputs, loss, slopes, leaves, feeds };
}

/** The feeds as programs get them. */
function float32(feeds: ReadonlyMap<Node, TensorValue>): Map<Node, TensorValue> {
  const round = (values: Float64Array): Float64Array => values.map(Math.fround);
  return new Map(
    [...feeds].map(([node, value]) => [node, value instanceof Float64Array ? round(value) : value.map(round)]),
  );
}

function flat(value: TensorValue): number[] {
  return value instanceof Float64Array ? [...value] : value.flatMap((sample) => [...sample]);
}

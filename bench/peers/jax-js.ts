/**
 * jax-js on its WASM backend: one jitted function holds forward, loss, backward and the Adam update.
 *
 * The library owns arrays by reference count: a function consumes its arguments, and `.ref` keeps one for later.
 * Images are [batch, channels, height, width], the only order its convolutions take.
 */

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Array as JaxArray } from "@jax-js/jax";
import type { SetupRequest } from "../protocol.ts";
import { autoencoderOf, type Workload } from "../workloads.ts";
import { batches, channelsFirst, mulberry32 } from "./batches.ts";
import { at, buildForward, initialValues, LOSSES } from "./jax-js-model.ts";
import { serve, type Peer } from "./serve.ts";
import { installWebWorker } from "./web-worker.ts";

const LEARNING_RATE = 1e-3;
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-7;

async function create(anyWorkload: Workload, { batch, mode, threads }: SetupRequest): Promise<Peer> {
  const workload = autoencoderOf(anyWorkload);
  // The library looks for `Worker` when it is loaded.
  if (threads > 1) installWebWorker(threads);
  const jax = await import("@jax-js/jax");
  const { blockUntilReady, init, jit, numpy: np, valueAndGrad } = jax;
  await init("wasm");

  const { forward, shapes } = buildForward(jax, workload);
  const random = mulberry32(2);
  let parameters = shapes.map((shape) => np.array(initialValues(shape, random)).reshape(shape));
  let firstMoments = shapes.map((shape) => np.zeros(shape));
  let secondMoments = shapes.map((shape) => np.zeros(shape));
  const [height, width, channels] = workload.input;
  const inputShape = workload.input.length === 3 ? [channels, height, width] : workload.input;
  const inputs = batches(workload, batch).map((values) =>
    np.array(channelsFirst(values, workload)).reshape([batch, ...(inputShape as number[])]),
  );

  const lossOf = (weights: JaxArray[], input: JaxArray): JaxArray =>
    LOSSES[workload.loss](jax, input.ref, forward(weights, input));
  /** Adam with the bias correction folded into the step size, as Keras writes it. */
  const trainStep = jit(
    (weights: JaxArray[], means: JaxArray[], variances: JaxArray[], stepSize: JaxArray, input: JaxArray) => {
      const [loss, gradients] = valueAndGrad(lossOf)(weights.map(keep), input);
      const nextMeans = means.map((mean, i) => mean.mul(BETA_1).add(at(gradients, i).ref.mul(1 - BETA_1)));
      const nextVariances = variances.map((variance, i) =>
        variance.mul(BETA_2).add(np.square(at(gradients, i)).mul(1 - BETA_2)),
      );
      const nextWeights = weights.map((weight, i) => {
        const denominator = np.sqrt(at(nextVariances, i).ref).add(EPSILON);
        return weight.sub(stepSize.ref.mul(at(nextMeans, i).ref).div(denominator));
      });
      stepSize.dispose();
      return [loss, nextWeights, nextMeans, nextVariances] as const;
    },
  );
  const inferStep = jit((weights: JaxArray[], input: JaxArray) => forward(weights, input));

  let time = 0;
  let result: JaxArray | undefined;
  async function step(input: JaxArray): Promise<void> {
    result?.dispose();
    if (mode === "infer") {
      result = inferStep(parameters.map(keep), input.ref);
    } else {
      time++;
      const stepSize = np.array((LEARNING_RATE * Math.sqrt(1 - BETA_2 ** time)) / (1 - BETA_1 ** time));
      [result, parameters, firstMoments, secondMoments] = trainStep(
        parameters,
        firstMoments,
        secondMoments,
        stepSize,
        input.ref,
      );
    }
    await blockUntilReady([result, ...parameters]);
  }

  let nextBatch = 0;
  return {
    numParameters: shapes.reduce((sum, shape) => sum + shape.reduce((product, dim) => product * dim, 1), 0),
    versions: { "@jax-js/jax": installedVersion() },
    async run(steps) {
      for (let i = 0; i < steps; i++) {
        await step(at(inputs, nextBatch));
        nextBatch = (nextBatch + 1) % inputs.length;
      }
    },
    async lastValue() {
      if (result === undefined) throw new Error("no step has run yet");
      const values = await result.ref.data();
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    },
  };
}

function keep(array: JaxArray): JaxArray {
  return array.ref;
}

/** The package exports no version and not its package.json either, so the file beside its entry is read. */
function installedVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@jax-js/jax");
  const { version } = JSON.parse(readFileSync(join(dirname(entry), "..", "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}

await serve(create);

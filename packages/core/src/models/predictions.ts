import type { SymbolicTensor } from "../nn/layers/layer.ts";
import type { Model } from "../nn/model/model.ts";
import type { DataLike } from "../nn/tensor-data.ts";
import { computation } from "../nn/training/computation.ts";
import type { Computation } from "../nn/training/computation.ts";
import { engineOf } from "../nn/training/engine.ts";
import { predictionGraph } from "../nn/training/model-graph.ts";
import { predict } from "../nn/training/predict.ts";
import type { PredictOptions, Predictor } from "../nn/training/predict.ts";
import { ProgramCache } from "../nn/training/program-cache.ts";
import type { Device } from "../runtime/device.ts";

/** What the parts of a model compute of samples, on one device. */
export class Predictions {
  readonly #device: Device | undefined;
  readonly #programs = new Map<Model, ProgramCache>();

  /** @param device the one that all models share unless given. */
  constructor(device: Device | undefined) {
    this.#device = device;
  }

  /** The only output of a part, sample after sample. */
  async predict(part: Model, x: readonly DataLike[], options: PredictOptions): Promise<Float32Array> {
    const { name, inputs, outputs, variables } = part;
    const predictor = { name, inputs, outputs, variables, graph: () => predictionGraph(part) };
    let programs = this.#programs.get(part);
    if (programs === undefined) {
      programs = new ProgramCache();
      this.#programs.set(part, programs);
    }
    const [output] = await this.#run(predictor, programs, x, options);
    return output as Float32Array;
  }

  /** Anything else that can be computed with a model's variables: one array for each node. */
  async compute(
    { name, variables }: Model,
    what: Pick<Computation, "seed" | "compute"> & { readonly inputs: readonly SymbolicTensor[] },
    x: readonly DataLike[],
    options: PredictOptions,
  ): Promise<readonly Float32Array[]> {
    const programs = new ProgramCache();
    try {
      return await this.#run(computation({ name, variables, ...what }), programs, x, options);
    } finally {
      await programs.dispose();
    }
  }

  /** Gives the memory of the programs back; they are compiled anew when they are needed. */
  async dispose(): Promise<void> {
    for (const programs of this.#programs.values()) await programs.dispose();
    this.#programs.clear();
  }

  async #run(
    predictor: Predictor,
    programs: ProgramCache,
    x: readonly DataLike[],
    options: PredictOptions,
  ): Promise<readonly Float32Array[]> {
    return predict(predictor, programs, await engineOf(this.#device), x, options);
  }
}

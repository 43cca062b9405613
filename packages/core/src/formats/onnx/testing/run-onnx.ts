/** Runs exported models in ONNX Runtime: the oracle of the tests in this folder. */
import { InferenceSession, Tensor, env } from "onnxruntime-web/wasm";

env.wasm.numThreads = 1;

/** A batch of one input or output: [batch, …] */
export interface OnnxBatch {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What ONNX Runtime makes of the inputs, in the order of the model's own inputs; outputs by name. */
export async function runOnnx(file: Uint8Array, inputs: readonly OnnxBatch[]): Promise<ReadonlyMap<string, OnnxBatch>> {
  const session = await InferenceSession.create(file, { logSeverityLevel: 3 });
  try {
    const feeds = session.inputNames.map((name, index) => {
      const { shape, data } = inputs[index] as OnnxBatch;
      return [name, new Tensor("float32", data, shape)] as const;
    });
    const results = await session.run(Object.fromEntries(feeds));
    return new Map(
      session.outputNames.map((name) => {
        const { dims, data } = results[name] as Tensor;
        if (!(data instanceof Float32Array)) throw new Error(`the output "${name}" is no float32`);
        return [name, { shape: dims, data: data.slice() }];
      }),
    );
  } finally {
    await session.release();
  }
}

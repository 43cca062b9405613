/**
 * XᵀX of a table X of rows, and its products with a few vectors, by the compiled kernel that otherwise computes the gradients
 * of dense layers. Products are rounded to float32, so that entries are exact to some 1e-7 of the largest one.
 */
import { gradients } from "../autodiff/gradient.ts";
import type { Node } from "../graph/node.ts";
import { dense } from "../ops/dense.ts";
import { mul, square } from "../ops/elementwise.ts";
import { inputNode, parameterNode } from "../ops/leaf.ts";
import { sum, sumSamples } from "../ops/reduce.ts";
import { RowProgram } from "./row-program.ts";
import type { RowEngine } from "./row-program.ts";
import type { RowSource } from "./row-source.ts";

/** XᵀX: `rows.size` × `rows.size`, row-major. */
export async function compiledScatterMatrix(rows: RowSource, engine: RowEngine): Promise<Float64Array> {
  const x = inputNode("row", [rows.size]);
  const weight = parameterNode("weight", [rows.size, rows.size]);
  // ∂/∂W Σ xWxᵀ = Σ xᵀx, in which W itself does not appear.
  const [scatter] = gradients(sumSamples(sum(mul(dense(x, weight), x))), [weight]) as [Node];
  const program = await RowProgram.compile(rows, x, scatter, engine);
  try {
    return await program.sum();
  } finally {
    await program.dispose();
  }
}

/** The map v ↦ XᵀX v for several vectors at once, where XᵀX itself would be too large. */
export class ScatterProduct {
  readonly #program: RowProgram;
  readonly #vectors: Node;
  readonly #engine: RowEngine;
  readonly #size: number;
  readonly #width: number;

  private constructor(program: RowProgram, vectors: Node, engine: RowEngine, size: number, width: number) {
    this.#program = program;
    this.#vectors = vectors;
    this.#engine = engine;
    this.#size = size;
    this.#width = width;
  }

  /** @param width how many vectors are multiplied at once. */
  static async compile(rows: RowSource, width: number, engine: RowEngine): Promise<ScatterProduct> {
    const x = inputNode("row", [rows.size]);
    const vectors = parameterNode("vectors", [rows.size, width]);
    // ∂/∂V ½ Σ |xV|² = Σ xᵀxV
    const half = mul(sumSamples(sum(square(dense(x, vectors)))), 0.5);
    const [product] = gradients(half, [vectors]) as [Node];
    const program = await RowProgram.compile(rows, x, product, engine);
    return new ScatterProduct(program, vectors, engine, rows.size, width);
  }

  /** @param vectors at most `width`, one after the other; what comes back has the same order. */
  async multiply(vectors: readonly Float64Array[]): Promise<Float64Array[]> {
    const columns = new Float32Array(this.#size * this.#width);
    for (const [c, vector] of vectors.entries()) {
      for (let i = 0; i < this.#size; i++) columns[i * this.#width + c] = vector[i] as number;
    }
    this.#engine.parameters.set(this.#vectors, columns);
    const products = await this.#program.sum();
    return vectors.map((_, c) =>
      Float64Array.from({ length: this.#size }, (_value, i) => products[i * this.#width + c] as number),
    );
  }

  /** Gives the program's memory back. */
  async dispose(): Promise<void> {
    await this.#program.dispose();
    this.#engine.parameters.drop(this.#vectors);
  }
}

/** Draws graphs at random: small ones, of every family of ops, connected in ways that no model would. */
import type { Node } from "../../graph/node.ts";
import { broadcastShapes, sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { concatenate } from "../../ops/concatenate.ts";
import { conv2d, conv2dTranspose } from "../../ops/conv2d/index.ts";
import { dense, denseTranspose } from "../../ops/dense.ts";
import * as ops from "../../ops/elementwise.ts";
import { inputNode, parameterNode } from "../../ops/leaf.ts";
import { matmul } from "../../ops/matmul.ts";
import { averagePool2d, maxPool2d } from "../../ops/pool.ts";
import { max, mean, sum, sumSamples } from "../../ops/reduce.ts";
import { reshape, reverse, transpose } from "../../ops/shape.ts";
import { pad, slice } from "../../ops/slice.ts";
import { upSample2d } from "../../ops/upsample.ts";

/** Larger tensors would only make the references slow. */
const LARGEST = 250;

export class RandomGraph {
  readonly inputs: Node[] = [];
  readonly parameters: Node[] = [];
  /** A number for each sample, by which every sum over samples is weighted. */
  readonly weight = inputNode("weight", []);
  /** Some nodes, to be results of a program. */
  readonly results: readonly Node[];
  readonly loss: Node;
  readonly #next: () => number;
  readonly #samples: Node[] = [];
  readonly #shared: Node[] = [];

  constructor(next: () => number) {
    this.#next = next;
    this.#input([2 + this.#below(5), 1 + this.#size(5), this.#size(3)]);
    this.#input([this.#size(9)]);
    this.#parameter([this.#size(4)]);
    for (let steps = 6 + this.#below(14); steps > 0; steps--) this.#grow();
    const computed = this.#shared.filter((node) => node.op.kernel.kind !== "leaf" && node.op.kernel.kind !== "view");
    this.results = [this.#pick(this.#samples), this.#pick(this.#samples), ...computed.slice(-2)];
    const squares = [
      ...[this.#samples.at(-1)!, this.#pick(this.#samples)].map((node) => this.#overSamples(mean(ops.square(node)))),
      ...[this.#shared.at(-1)!, ...this.parameters].map((node) => mean(ops.square(node))),
    ];
    this.loss = squares.reduce((a, b) => ops.add(a, b));
  }

  #grow(): void {
    const from = this.#next() < 0.8 ? this.#samples : this.#shared;
    const x = from[Math.max(0, from.length - 1 - this.#below(4))]!;
    // Kernels of convolutions may be larger than what else there is.
    if (sizeOf(x.type.shape) > LARGEST) return;
    const grown = this.#next() < 0.5 ? this.#elementwise(x) : this.#structured(x);
    if (sizeOf(grown.type.shape) > LARGEST) return;
    (grown.type.scope === "sample" ? this.#samples : this.#shared).push(grown);
  }

  #elementwise(x: Node): Node {
    const fitting = [x, ...this.#samples, ...this.#shared].filter(
      ({ type }) => sizeOf(broadcastShapes(type.shape, x.type.shape) ?? [LARGEST + 1]) <= LARGEST,
    );
    const [a, b] = [this.#pick(fitting), this.#pick(fitting)];
    const shape = broadcastShapes(a.type.shape, b.type.shape);
    const both = shape && broadcastShapes(shape, x.type.shape);
    const third = both !== undefined && sizeOf(both) <= LARGEST ? b : 0.5;
    const choices: (() => Node)[] = [
      () => ops.sigmoid(x),
      () => ops.tanh(x),
      () => ops.neg(x),
      () => ops.exp(ops.neg(ops.square(x))),
      () => ops.relu(ops.add(x, 0.0625)),
      () => ops.tanh(ops.mul(x, a)),
      () => ops.add(x, a),
      () => ops.sub(a, x),
      () => ops.mul(ops.sigmoid(a), x),
      () => ops.div(x, ops.add(ops.square(a), 1)),
      () => ops.maximum(x, ops.mul(a, 0.75)),
      () => ops.where(ops.greater(a, 0.125), x, third),
      () => ops.where(ops.greater(third, -0.125), a, x),
    ];
    return this.#pick(choices)();
  }

  #structured(x: Node): Node {
    const { shape, scope } = x.type;
    const choices: (() => Node)[] = [
      () => reshape(x, [sizeOf(shape)]),
      () => reshape(x, [...shape, 1]),
      () =>
        transpose(
          x,
          shape.map((_, axis) => shape.length - 1 - axis),
        ),
      () => this.#reduce(x),
      () => this.#reduce(x),
      () => this.#slice(x),
      () => this.#pad(x),
      () => reverse(x, this.#someAxes(shape)),
    ];
    if (shape.length > 0) choices.push(() => this.#concatenate(x));
    if (shape.length > 1) choices.push(() => ops.tanh(matmul(x, x, { transposeRight: true })));
    if (scope === "sample") {
      choices.push(() => this.#overSamples(x));
      const last = shape.at(-1);
      if (last !== undefined) {
        choices.push(
          () => dense(x, this.#parameter([last, this.#size(7)])),
          () => denseTranspose(x, this.#parameter([this.#size(7), last])),
        );
      }
    }
    if (shape.length === 3) choices.push(...this.#onImages(x), ...this.#onImages(x));
    return this.#pick(choices)();
  }

  #onImages(x: Node): (() => Node)[] {
    const [height, width, channels] = x.type.shape as [number, number, number];
    const padding = this.#next() < 0.6 ? "same" : "valid";
    const most = (size: number): number => (padding === "same" ? size + 2 : size);
    const window = [this.#size(Math.min(4, most(height))), this.#size(Math.min(4, most(width)))] as const;
    const strides = [this.#size(3), this.#size(3)] as const;
    const pool = { poolSize: window, strides, padding } as const;
    const size = [this.#size(3), this.#size(2)] as const;
    const choices = [() => maxPool2d(x, pool), () => averagePool2d(x, pool), () => upSample2d(x, { size })];
    if (x.type.scope === "shared") return choices;
    const out = this.#size(5);
    const kernel = (): Node => this.#parameter([...window, channels, out]);
    return [
      ...choices,
      () => conv2d(x, kernel(), { strides, padding }),
      () => conv2dTranspose(x, this.#parameter([...window, out, channels]), { strides, padding }),
      () => conv2d(upSample2d(x, { size }), kernel(), { strides: [1, 1], padding }),
    ];
  }

  #slice(x: Node): Node {
    const { shape } = x.type;
    const steps = shape.map(() => this.#size(2));
    const size = shape.map((length, axis) => this.#size(Math.ceil(length / steps[axis]!)));
    const begin = shape.map((length, axis) => this.#below(length - (size[axis]! - 1) * steps[axis]!));
    return slice(x, { begin, size, steps });
  }

  #pad(x: Node): Node {
    const [before, after, interior] = [1, 2, 3].map(() => x.type.shape.map(() => this.#below(2)));
    return pad(x, { before: before!, after: after!, interior: interior!, value: 0.5 });
  }

  #concatenate(x: Node): Node {
    const { shape } = x.type;
    const axis = this.#below(shape.length);
    const fits = ({ type }: Node): boolean =>
      type.shape.length === shape.length && type.shape.every((size, i) => i === axis || size === shape[i]);
    const fitting = [...this.#samples, ...this.#shared].filter(fits);
    return concatenate([x, this.#pick(fitting), x], axis);
  }

  #reduce(x: Node): Node {
    const axes = this.#someAxes(x.type.shape);
    return this.#pick([sum, mean, max])(x, axes, { keepDims: this.#next() < 0.5 });
  }

  #someAxes(shape: Shape): number[] {
    return shape.flatMap((_, axis) => (this.#next() < 0.5 ? [axis] : []));
  }

  #overSamples(x: Node): Node {
    return sumSamples(ops.mul(x, this.weight));
  }

  #input(shape: Shape): Node {
    const node = inputNode(`x${this.inputs.length}`, shape);
    this.inputs.push(node);
    this.#samples.push(node);
    return node;
  }

  #parameter(shape: Shape): Node {
    const node = parameterNode(`w${this.parameters.length}`, shape);
    this.parameters.push(node);
    this.#shared.push(node);
    return node;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(from.length)] as T;
  }

  #size(most: number): number {
    return 1 + this.#below(most);
  }

  #below(count: number): number {
    return Math.min(Math.floor(this.#next() * count), count - 1);
  }
}

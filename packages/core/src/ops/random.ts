/**
 * Random numbers for every sample. They depend on nothing but the run's seed, the training step, the sample's place in the
 * batch, the element and the stream, so they are the same however samples are spread over threads.
 */
import { GraphError } from "../graph/error.ts";
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { LoopContext, Op } from "../graph/op.ts";
import { perSample, sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import type { KernelBuilder } from "../kernel/builder.ts";
import type { Index } from "../kernel/index-expr.ts";
import { philoxReference } from "../kernel/philox-reference.ts";
import { philox, toNormal, toUniform } from "../kernel/random.ts";
import type { FourVecs } from "../kernel/random.ts";
import { indexVec, int } from "../kernel/vec.ts";
import { reshape } from "./shape.ts";

export interface RandomOptions {
  /** Tells apart the random numbers of one graph: each use takes a stream of its own. */
  readonly stream: number;
  /** The second half of the generator's key, beside the run's seed. Default: 0. */
  readonly seed?: number;
}

interface RandomAttributes {
  readonly size: number;
  readonly stream: number;
  readonly seed: number;
}

/** Makes four numbers of 4 × 32 random bits: once of lane vectors, once of float64. */
interface Distribution {
  readonly name: string;
  fromBits(k: KernelBuilder, bits: FourVecs): FourVecs;
  reference(bits: readonly [number, number, number, number]): readonly number[];
}

const uniform = defineRandom({
  name: "randomUniform",
  fromBits: (_, bits) => bits.map(toUniform) as unknown as FourVecs,
  reference: (bits) => bits.map(unitInterval),
});

const normal = defineRandom({
  name: "randomNormal",
  fromBits: (k, [a, b, c, d]) => [...toNormal(k, a, b), ...toNormal(k, c, d)],
  reference: ([a, b, c, d]) => [...boxMuller(a, b), ...boxMuller(c, d)],
});

function defineRandom({ name, fromBits, reference }: Distribution): Op<RandomAttributes> {
  return {
    name,
    infer: (_, { size, stream, seed }) => {
      for (const [what, value] of Object.entries({ stream, seed })) {
        if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) {
          throw new GraphError(`${name}: the ${what} is ${value}, and must be a whole number from 0 to 2³² − 1.`);
        }
      }
      return perSample([size]);
    },
    grad: "zero",
    kernel: { kind: "loops", build: (context) => buildRandom(context, fromBits) },
    reference: ({ attributes: { size, stream, seed }, random }) => {
      const values: number[] = [];
      for (let group = 0; group < size / 4; group++) {
        const counter = [group, random.sample, random.step, stream] as const;
        values.push(...reference([...philoxReference(counter, [random.seed, seed])]));
      }
      return Float64Array.from(values.slice(0, size));
    },
    onnx: { unsupported: "the operators of ONNX do not repeat these random numbers: export the model without them" },
    print: ({ size, stream, seed }) => `[${size}] stream ${stream}${seed === 0 ? "" : ` seed ${seed}`}`,
  };
}

/** Four neighbouring elements come from one counter: (element / 4, sample, step, stream), under the key (run's seed, seed). */
function buildRandom(
  { k, attributes: { size, stream, seed }, vectors, put, random }: LoopContext<RandomAttributes>,
  fromBits: Distribution["fromBits"],
): void {
  const key = [random.seed, int(seed)] as const;
  const writeGroup = (group: Index, count: number): void => {
    k.for(0, vectors, (v) => {
      const bits = philox(k, [indexVec(group), random.sample(v), random.step, int(stream)], key);
      for (const [i, value] of fromBits(k, bits).slice(0, count).entries()) put([group.times(4).plus(i)], v, value);
    });
  };
  const whole = Math.floor(size / 4);
  k.for(0, whole, (group) => writeGroup(group, 4));
  k.for(whole, Math.ceil(size / 4), (group) => writeGroup(group, size % 4));
}

function unitInterval(bits: number): number {
  return (bits >>> 8) * 2 ** -24;
}

function boxMuller(a: number, b: number): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(((a >>> 8) + 1) * 2 ** -24));
  const angle = 2 * Math.PI * unitInterval(b);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** For every sample, numbers spread evenly over [0, 1). */
export function randomUniform(shape: Shape, { stream, seed = 0 }: RandomOptions): Node {
  return reshape(apply(uniform, [], { size: sizeOf(shape), stream, seed }), shape);
}

/** For every sample, numbers of the standard normal distribution. */
export function randomNormal(shape: Shape, { stream, seed = 0 }: RandomOptions): Node {
  return reshape(apply(normal, [], { size: sizeOf(shape), stream, seed }), shape);
}

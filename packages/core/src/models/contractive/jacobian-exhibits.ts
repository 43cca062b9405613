/** What contraction does to the codes of samples: which directions it lets through, and which not. */
import { counted } from "../../data/counted.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { RandomBits } from "../../nn/random/random-bits.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { firstSamples } from "../exhibits.ts";
import { encoderJacobian, movement, singularValues } from "./encoder-jacobian.ts";

/** Values of a sample beyond which its Jacobian is not measured: it takes two samples of them for each. */
const MOST_VALUES = 2048;
/** Samples whose Jacobians are measured, and those among which their neighbours are looked for. */
const MEASURED = 8;
const NEIGHBOURS_AMONG = 1000;

/** The singular values of the Jacobian, and how far codes move along the data and elsewhere; nothing for samples that are too large. */
export async function jacobianExhibits({ data, encode, seed }: Exhibition): Promise<readonly Exhibit[]> {
  const size = sizeOf(data.shape);
  const count = Math.min(MEASURED, data.count);
  if (size > MOST_VALUES || data.count < 2) return [];
  const { values } = firstSamples(data, NEIGHBOURS_AMONG);
  const sampleAt = (index: number): Float32Array => values.subarray(index * size, (index + 1) * size);
  const bits = new RandomBits(seed);
  let spectrum = new Float64Array(0);
  let [along, anywhere] = [0, 0];
  for (let index = 0; index < count; index++) {
    const sample = sampleAt(index);
    const jacobian = await encoderJacobian(sample, data.shape, encode);
    const found = singularValues(jacobian);
    spectrum = found.map((value, place) => (spectrum[place] ?? 0) + value / count);
    along += movement(jacobian, difference(nearest(index, values, size), sample)) / count;
    const anyway = Float64Array.from({ length: size }, (_, place) => bits.fraction(index * size + place) - 0.5);
    anywhere += movement(jacobian, anyway) / count;
  }
  const directions: Exhibit = {
    kind: "bars",
    title: "Directions that codes follow",
    note:
      `Singular values of the encoder's Jacobian, averaged over ${counted(count, "sample")}: how far the code moves when the sample moves ` +
      "by 1. Contraction leaves few that are large, those along which samples really differ.",
    values: [...spectrum],
    axis: "singular value",
  };
  // Samples that are all the same have no neighbours.
  if (!Number.isFinite(along / anywhere)) return [directions];
  return [
    directions,
    {
      kind: "figures",
      title: "What moves a code",
      note: "How far the code moves for each unit that a sample moves.",
      figures: [
        { name: "towards its nearest neighbour", value: along, meaning: "a way along which samples differ" },
        { name: "in a random direction", value: anywhere, meaning: "a way that leads to no sample" },
        {
          name: "ratio",
          value: along / anywhere,
          meaning: "the larger, the better the code tells what matters from what does not",
        },
      ],
    },
  ];
}

/** The sample that is nearest to another one and not the same. */
function nearest(to: number, values: Float32Array, size: number): Float32Array {
  let best = { distance: Number.POSITIVE_INFINITY, at: to };
  for (let at = 0; at < values.length / size; at++) {
    let distance = 0;
    for (let place = 0; place < size; place++) {
      distance += ((values[at * size + place] as number) - (values[to * size + place] as number)) ** 2;
    }
    if (distance > 0 && distance < best.distance) best = { distance, at };
  }
  return values.subarray(best.at * size, (best.at + 1) * size);
}

function difference(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, place) => value - (b[place] as number));
}

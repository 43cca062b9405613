/** How files of images should be read: their size, their colours, and how they are brought to a shape. */
import { planImages, type ImageFit, type ReadableProbe } from "../../images/decode/index.ts";
import type { DataChoices } from "../../sources/index.ts";
import { cutOff } from "./header-statistics.ts";

export interface ReadingAdvice {
  readonly size?: string;
  readonly color?: "grey";
  readonly fit?: ImageFit;
  /** The share of images that lose much of themselves when they are made to fill the shape. */
  readonly cropped: number;
}

/** The short side of samples that a model trains on in minutes, and the longest side. */
const [SHORT, LONGEST] = [64, 128];
/** Sides are multiples of it, so that they can be halved. */
const STEP = 8;
/** Shapes are one when so many images are so near to the median. */
const [NEAR, MOST] = [1.1, 0.8];
/** From this proportion on an oblong sample shows more than a square one. */
const OBLONG = 1.2;
/** An image is cropped when it loses that much; and the advice changes when so many do. */
const [MUCH, MANY] = [0.4, 0.25];

/** Decides what the user left open. */
export async function readingAdvice(
  probes: readonly ReadableProbe[],
  choices: DataChoices,
  signal: AbortSignal,
): Promise<ReadingAdvice> {
  const shape = shapeOf(probes);
  const size = choices.size === undefined && choices.patches === undefined ? shape.size : undefined;
  const losing = probes.filter(({ header }) => cutOff(header, shape) > MUCH).length / probes.length;
  const isGrey = choices.color === undefined && (await showsGreyAlone(probes, signal));
  return {
    ...(size !== undefined && { size }),
    ...(isGrey && { color: "grey" }),
    ...(choices.fit === undefined && choices.patches === undefined && losing > MANY && { fit: "contain" }),
    cropped: losing,
  };
}

interface Shape {
  readonly height: number;
  readonly width: number;
  /** What `--size` takes; undefined where images are of one small size, which is kept. */
  readonly size: string | undefined;
}

function shapeOf(probes: readonly ReadableProbe[]): Shape {
  const headers = probes.map(({ header }) => header);
  const { width = SHORT, height = SHORT } = headers[0] ?? {};
  if (Math.max(width, height) <= LONGEST && headers.every((one) => one.width === width && one.height === height)) {
    return { width, height, size: undefined };
  }
  const middle = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? SHORT;
  const aspect = middle(headers.map((one) => one.width / one.height));
  const near = headers.filter((one) => {
    const ratio = one.width / one.height / aspect;
    return Math.max(ratio, 1 / ratio) <= NEAR;
  });
  const short = stepsOf(Math.min(SHORT, middle(headers.map((one) => Math.min(one.width, one.height)))));
  const proportion = Math.max(aspect, 1 / aspect);
  if (proportion < OBLONG || near.length < MOST * headers.length) {
    return { width: short, height: short, size: String(short) };
  }
  const long = Math.min(LONGEST, stepsOf(short * proportion));
  const shape = aspect > 1 ? { width: long, height: short } : { width: short, height: long };
  return { ...shape, size: `${shape.height}x${shape.width}` };
}

function stepsOf(side: number): number {
  return Math.max(STEP, STEP * Math.round(side / STEP));
}

/** Whether files that are saved as colour, all or some, show grey. Where all are saved as grey, that need not be said. */
async function showsGreyAlone(probes: readonly ReadableProbe[], signal: AbortSignal): Promise<boolean> {
  const colored = probes.filter(({ header }) => header.channels !== 1);
  if (colored.length === 0) return false;
  const { plan } = await planImages(colored, {}, { signal });
  return plan.channels === 1;
}

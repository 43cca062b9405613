/** What happens to every garment: how it lies before the camera, and how light falls on it. */
import type { RandomStream } from "../random-stream.ts";
import type { Canvas, Pose } from "./canvas.ts";
import { hash, smoothNoise } from "./noise.ts";
import { direction } from "./trigonometry.ts";

/** How far the placing of a garment may vary. */
export interface PoseRange {
  /** Largest rotation, in turns. */
  readonly turn: number;
  /** Smallest share of the frame that it fills. */
  readonly smallest: number;
  /** Largest sideways lean: pixels per pixel of height. */
  readonly lean?: number;
  /** Whether it may be seen from its other side. */
  readonly flip?: boolean;
}

/** A random placing about the middle of the image. */
export function pose(random: RandomStream, range: PoseRange): Pose {
  const { cos, sin } = direction(random.uniform(-range.turn, range.turn));
  const width = random.uniform(range.smallest, 1) * (range.flip === true && random.chance(0.5) ? -1 : 1);
  const height = random.uniform(range.smallest, 1);
  const lean = random.uniform(-1, 1) * (range.lean ?? 0);
  const xx = cos * width;
  const xy = lean - sin * height;
  const yx = sin * Math.abs(width);
  const yy = cos * height;
  const middle = 14;
  return {
    xx,
    xy,
    yx,
    yy,
    dx: middle - (xx + xy) * middle + random.uniform(-0.4, 0.4),
    dy: middle - (yx + yy) * middle + random.uniform(-0.25, 0.25),
  };
}

/** Light from above, soft folds and the grain of the cloth. */
export function light(canvas: Canvas, random: RandomStream, folds: number): void {
  const seed = random.uint32();
  const foldWidth = random.uniform(2.5, 5);
  const foldHeight = random.uniform(6, 12);
  const depth = random.uniform(0.4, 1) * folds;
  const grain = random.uniform(0.02, 0.1);
  const exposure = random.uniform(0.98, 1.14);
  const slope = random.uniform(-0.12, 0.12);
  canvas.light((x, y) => {
    const fold = 1 + depth * (smoothNoise(x / foldWidth, y / foldHeight, seed) - 0.5);
    const speck = 1 + grain * (hash(Math.floor(x), Math.floor(y), seed + 1) - 0.5);
    return exposure * fold * speck * (1 + slope * (0.5 - y / 28));
  });
}

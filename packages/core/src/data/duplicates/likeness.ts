/**
 * How alike two images are once one of them is moved and scaled onto the other, so that a cropped copy is recognized. Where grey
 * values differ, the gradients say which way to move: B. Lucas, T. Kanade, "An Iterative Image Registration Technique with an
 * Application to Stereo Vision" (1981), here with the four parameters of x → sx x + tx, y → sy y + ty.
 */
import { DatasetError } from "../dataset.ts";
import { solveSymmetric } from "./solve-symmetric.ts";
import { THUMBNAIL_SIDE } from "./perceptual-hash.ts";

const LAST = THUMBNAIL_SIDE - 1;
const MIDDLE = LAST / 2;
const STEPS = 6;
/** Steps look at every second pixel across and down, which is as good and four times as fast; the result is measured on all. */
const COARSE = 2;
/** Images that are so unlike after some steps do not become alike by more. */
const HOPELESS = 0.85;
const STEPS_OF_HOPE = 2;
/** Copies may lack some percent at their borders; more than that is another picture. */
const MOST_SCALING = 0.16;
const MOST_SHIFT = 2.5;
/** Added to the diagonal of the normal equations as a share of it: an image of stripes has no gradient along them. */
const DAMPING = 1e-3;

/** sx, tx, sy, ty, of coordinates whose origin is the middle of the image. */
type Placement = readonly [number, number, number, number];

const PARAMETERS = 4;

/**
 * The correlation of the grey values of two images, from −1 to 1, in the best alignment that was found. Brightness and contrast do
 * not matter to it. Images without any structure are like none.
 *
 * @param one `[32, 32]` grey bytes, as `perceptualHash` takes them.
 * @param other the same of the other image.
 * @throws DatasetError when an image has another size.
 */
export function likeness(one: Uint8Array, other: Uint8Array): number {
  for (const { length } of [one, other]) {
    if (length === THUMBNAIL_SIDE ** 2) continue;
    throw new DatasetError(`${length} values came to be compared; expected the 1024 of a grey image of [32, 32]`);
  }
  const there = align(one, other);
  return there < HOPELESS ? there : Math.max(there, align(other, one));
}

/** The best correlation while `moved` is brought onto `still`. */
function align(still: Uint8Array, moved: Uint8Array): number {
  let placement: Placement = [1, 0, 1, 0];
  let [best, bestPlacement] = [-1, placement];
  for (let step = 0; step <= STEPS; step++) {
    const sums = overlay(still, moved, placement, COARSE);
    const reached = correlation(sums);
    if (reached > best) [best, bestPlacement] = [reached, placement];
    if (step >= STEPS_OF_HOPE && best < HOPELESS) break;
    placement = within(placement, stepOf(sums));
  }
  return correlation(overlay(still, moved, bestPlacement, 1));
}

/** Sums over the pixels where the images overlap; a: grey of the still image, w: grey of the moved one, J: ∂w by the parameters. */
interface Overlay {
  readonly n: number;
  readonly a: number;
  readonly w: number;
  readonly aa: number;
  readonly ww: number;
  readonly aw: number;
  readonly j: Float64Array;
  readonly ja: Float64Array;
  readonly jw: Float64Array;
  /** `[4, 4]`, the lower triangle. */
  readonly jj: Float64Array;
}

function overlay(still: Uint8Array, moved: Uint8Array, [sx, tx, sy, ty]: Placement, stride: number): Overlay {
  let [n, sumA, sumW, aa, ww, aw] = [0, 0, 0, 0, 0, 0];
  const vector = (): Float64Array => new Float64Array(PARAMETERS);
  const [slopes, j, ja, jw] = [vector(), vector(), vector(), vector()];
  const jj = new Float64Array(PARAMETERS ** 2);
  for (let row = 0; row < THUMBNAIL_SIDE; row += stride) {
    const y = sy * (row - MIDDLE) + ty + MIDDLE;
    if (y < 0 || y > LAST) continue;
    const top = Math.min(LAST - 1, Math.floor(y));
    const down = y - top;
    for (let column = 0; column < THUMBNAIL_SIDE; column += stride) {
      const x = sx * (column - MIDDLE) + tx + MIDDLE;
      if (x < 0 || x > LAST) continue;
      const left = Math.min(LAST - 1, Math.floor(x));
      const across = x - left;
      // Bilinear between the four pixels around, and its slopes.
      const corner = top * THUMBNAIL_SIDE + left;
      const upper = moved[corner] as number;
      const upperSlope = (moved[corner + 1] as number) - upper;
      const lower = moved[corner + THUMBNAIL_SIDE] as number;
      const lowerSlope = (moved[corner + THUMBNAIL_SIDE + 1] as number) - lower;
      const slopeX = upperSlope + down * (lowerSlope - upperSlope);
      const slopeY = lower - upper + across * (lowerSlope - upperSlope);
      const w = upper + across * upperSlope + down * slopeY;
      const a = still[row * THUMBNAIL_SIDE + column] as number;
      n++;
      sumA += a;
      sumW += w;
      aa += a * a;
      ww += w * w;
      aw += a * w;
      slopes[0] = slopeX * (column - MIDDLE);
      slopes[1] = slopeX;
      slopes[2] = slopeY * (row - MIDDLE);
      slopes[3] = slopeY;
      for (let p = 0; p < PARAMETERS; p++) {
        const slope = slopes[p] as number;
        j[p] = (j[p] as number) + slope;
        ja[p] = (ja[p] as number) + slope * a;
        jw[p] = (jw[p] as number) + slope * w;
        for (let q = 0; q <= p; q++) {
          jj[PARAMETERS * p + q] = (jj[PARAMETERS * p + q] as number) + slope * (slopes[q] as number);
        }
      }
    }
  }
  return { n, a: sumA, w: sumW, aa, ww, aw, j, ja, jw, jj };
}

function correlation({ n, a, w, aa, ww, aw }: Overlay): number {
  const variances = (aa - (a * a) / n) * (ww - (w * w) / n);
  return variances > 0 ? (aw - (a * w) / n) / Math.sqrt(variances) : 0;
}

/**
 * The step d that takes w nearest to what a says it should be, w̄ + g (a − ā) with the gain g = cov(a, w) / var(a): least squares of
 * J d = e, so Jᵀ J d = Jᵀ e with the difference e = w̄ + g (a − ā) − w.
 */
function stepOf({ n, a, w, aa, aw, j, ja, jw, jj }: Overlay): Float64Array {
  const variance = aa - (a * a) / n;
  const gain = variance > 0 ? (aw - (a * w) / n) / variance : 0;
  const offset = (w - gain * a) / n;
  const right = j.map((sum, p) => offset * sum + gain * (ja[p] as number) - (jw[p] as number));
  const matrix = jj.map((_, at) => {
    const [row, column] = [Math.floor(at / PARAMETERS), at % PARAMETERS];
    const sum = jj[row < column ? PARAMETERS * column + row : at] as number;
    return row === column ? sum * (1 + DAMPING) + Number.EPSILON : sum;
  });
  return solveSymmetric(matrix, right);
}

/** The placement after a step, kept near to where copies can be. */
function within([sx, tx, sy, ty]: Placement, step: Float64Array): Placement {
  const limited = (value: number, middle: number, most: number): number =>
    Math.min(middle + most, Math.max(middle - most, value));
  return [
    limited(sx + (step[0] as number), 1, MOST_SCALING),
    limited(tx + (step[1] as number), 0, MOST_SHIFT),
    limited(sy + (step[2] as number), 1, MOST_SCALING),
    limited(ty + (step[3] as number), 0, MOST_SHIFT),
  ];
}

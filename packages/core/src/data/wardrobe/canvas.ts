/**
 * A grey image of 28×28 that polygons are painted on, with exact area coverage at their edges. Beside each pixel's grey
 * value stands how much of it the garment covers, so that later strokes (buttons, prints, seams) never reach beyond
 * the garment's outline.
 *
 * Coverage: every edge adds, in each row it crosses, its signed height to the columns right of it; the running sum along a row
 * is then the area inside the polygon, per pixel. Only additions, multiplications and divisions: the same bits on
 * every machine.
 */
import type { Path } from "./path.ts";

/** Rows and columns of an image. */
export const imageSize = 28;

const pixels = imageSize * imageSize;

/** A row of the accumulation buffer: two columns more catch what lies beyond the right border. */
const stride = imageSize + 2;

/** Grey value (0 black to 255 white) at a point of the garment, in pixels. */
export type Shade = (x: number, y: number) => number;

/** An affine map from the garment's coordinates to the image's: (xx·x + xy·y + dx, yx·x + yy·y + dy). */
export interface Pose {
  readonly xx: number;
  readonly xy: number;
  readonly dx: number;
  readonly yx: number;
  readonly yy: number;
  readonly dy: number;
}

/** What is done to one pixel, `cover` of which lies inside the path. */
type Use = (pixel: number, cover: number, value: number) => void;

/** Rows from `top` up to `bottom` and columns from `left` up to `right`, the latter excluded. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A 28×28 image that garments are drawn on; one canvas serves any number of images, one after the other. */
export class Canvas {
  readonly #grey = new Float64Array(pixels);
  readonly #garment = new Float64Array(pixels);
  readonly #area = new Float64Array(stride * imageSize);
  #pose: Pose = { xx: 1, xy: 0, dx: 0, yx: 0, yy: 1, dy: 0 };

  /** Starts a new image: black, and with a new pose. */
  clear(pose: Pose): void {
    this.#grey.fill(0);
    this.#garment.fill(0);
    this.#pose = pose;
  }

  /** Adds a part of the garment. */
  add(path: Path, shade: Shade | number): void {
    this.#visit(path, shade, false, (pixel, cover, value) => {
      const grey = this.#grey[pixel] ?? 0;
      const garment = this.#garment[pixel] ?? 0;
      this.#grey[pixel] = grey + cover * (value - grey);
      this.#garment[pixel] = garment + cover * (1 - garment);
    });
  }

  /** Paints on the garment that is there already. */
  paint(path: Path, shade: Shade | number, opacity = 1): void {
    this.#visit(path, shade, true, (pixel, cover, value) => {
      const grey = this.#grey[pixel] ?? 0;
      const garment = this.#garment[pixel] ?? 0;
      this.#grey[pixel] = grey + cover * opacity * (value * garment - grey);
    });
  }

  /** Makes the garment darker (factor below 1) or lighter. */
  tone(path: Path, factor: Shade | number): void {
    this.#visit(path, factor, true, (pixel, cover, value) => {
      this.#grey[pixel] = (this.#grey[pixel] ?? 0) * (1 + cover * (value - 1));
    });
  }

  /** Cuts a hole. */
  erase(path: Path): void {
    this.#visit(path, 0, true, (pixel, cover) => {
      this.#grey[pixel] = (this.#grey[pixel] ?? 0) * (1 - cover);
      this.#garment[pixel] = (this.#garment[pixel] ?? 0) * (1 - cover);
    });
  }

  /** Multiplies every pixel of the garment: light, folds and the grain of the cloth. */
  light(factor: Shade): void {
    const everywhere = [-99, -99, 127, -99, 127, 127, -99, 127];
    this.tone(everywhere, factor);
  }

  /** Writes the image as 784 bytes, rounded to the nearest grey value. */
  write(target: Uint8Array, offset: number): void {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const grey = Math.floor((this.#grey[pixel] ?? 0) + 0.5);
      target[offset + pixel] = grey < 0 ? 0 : grey > 255 ? 255 : grey;
    }
  }

  /** Calls back for every pixel that the path covers, with the covered share and the shade there. */
  #visit(path: Path, shade: Shade | number, garmentOnly: boolean, use: Use): void {
    const box = this.#accumulate(path);
    const { xx, xy, dx, yx, yy, dy } = this.#pose;
    const determinant = xx * yy - xy * yx;
    const area = this.#area;
    for (let row = box.top; row < box.bottom; row++) {
      let sum = 0;
      for (let column = box.left; column < box.right; column++) {
        const at = row * stride + column;
        sum += area[at] ?? 0;
        const cover = Math.min(Math.abs(sum), 1);
        if (cover < 1e-6) continue;
        const pixel = row * imageSize + column;
        if (garmentOnly && this.#garment[pixel] === 0) continue;
        if (typeof shade === "number") {
          use(pixel, cover, shade);
        } else {
          const x = column + 0.5 - dx;
          const y = row + 0.5 - dy;
          use(pixel, cover, shade((yy * x - xy * y) / determinant, (xx * y - yx * x) / determinant));
        }
      }
      area.fill(0, row * stride + box.left, row * stride + box.right + 2);
    }
  }

  /** Adds up all edges of a path; returns the rows and columns that it lies in. */
  #accumulate(path: Path): Box {
    const { xx, xy, dx, yx, yy, dy } = this.#pose;
    const lastX = path.at(-2) ?? 0;
    const lastY = path.at(-1) ?? 0;
    let fromX = xx * lastX + xy * lastY + dx;
    let fromY = yx * lastX + yy * lastY + dy;
    let [left, top, right, bottom] = [fromX, fromY, fromX, fromY];
    for (let at = 0; at < path.length; at += 2) {
      const x = path[at] ?? 0;
      const y = path[at + 1] ?? 0;
      const toX = xx * x + xy * y + dx;
      const toY = yx * x + yy * y + dy;
      left = Math.min(left, toX);
      top = Math.min(top, toY);
      right = Math.max(right, toX);
      bottom = Math.max(bottom, toY);
      if (fromY < toY) this.#edge(fromX, fromY, toX, toY, 1);
      else if (toY < fromY) this.#edge(toX, toY, fromX, fromY, -1);
      fromX = toX;
      fromY = toY;
    }
    return {
      left: Math.max(Math.floor(left), 0),
      top: Math.max(Math.floor(top), 0),
      right: Math.min(Math.ceil(right), imageSize),
      bottom: Math.min(Math.ceil(bottom), imageSize),
    };
  }

  /** Adds one edge, from its upper to its lower end. */
  #edge(topX: number, topY: number, bottomX: number, bottomY: number, sign: number): void {
    const slope = (bottomX - topX) / (bottomY - topY);
    const lastRow = Math.min(Math.ceil(bottomY), imageSize);
    for (let row = Math.max(Math.floor(topY), 0); row < lastRow; row++) {
      const from = Math.max(row, topY);
      const to = Math.min(row + 1, bottomY);
      this.#rowPart(row, topX + (from - topY) * slope, topX + (to - topY) * slope, (to - from) * sign);
    }
  }

  /** Adds the part of an edge within one row, which rises `height` from column x0 to x1, split at the pixel borders. */
  #rowPart(row: number, x0: number, x1: number, height: number): void {
    const left = Math.min(Math.max(Math.min(x0, x1), 0), imageSize);
    const right = Math.min(Math.max(Math.max(x0, x1), 0), imageSize);
    const first = Math.floor(left);
    const width = right - left;
    if (right <= first + 1) {
      this.#addPiece(row, first, height, (left + right) / 2 - first);
      return;
    }
    for (let column = first; column < right; column++) {
      const from = Math.max(left, column);
      const to = Math.min(right, column + 1);
      this.#addPiece(row, column, (height * (to - from)) / width, (from + to) / 2 - column);
    }
  }

  /** An edge at the share `inside` of a pixel covers the rest of that pixel, and all of those to its right. */
  #addPiece(row: number, column: number, height: number, inside: number): void {
    const at = row * stride + column;
    this.#area[at] = (this.#area[at] ?? 0) + height * (1 - inside);
    this.#area[at + 1] = (this.#area[at + 1] ?? 0) + height * inside;
  }
}

/** Small things sewn onto garments: buttons, pockets, logos, lettering. */
import type { RandomStream } from "../random-stream.ts";
import type { Canvas } from "./canvas.ts";
import { band, centre, ellipse, rectangle, roundedRectangle } from "./path.ts";

/** A row of buttons down the front. */
export function drawButtons(canvas: Canvas, x: number, from: number, to: number, count: number, tone: number): void {
  for (let button = 0; button < count; button++) {
    const y = from + ((to - from) * button) / Math.max(count - 1, 1);
    canvas.paint(ellipse(x, y, 0.6, 0.6), tone, 0.9);
  }
}

/** The line where a garment opens down the front. */
export function drawOpening(canvas: Canvas, from: number, to: number, width: number, factor: number): void {
  canvas.tone(band([centre, from, centre, to], width), factor);
}

/** A pocket that is seen by its seams. */
export function drawPatchPocket(canvas: Canvas, x: number, y: number, width: number, height: number): void {
  canvas.tone(roundedRectangle(x - width / 2, y, x + width / 2, y + height, 0.8), 0.88);
  canvas.tone(band([x - width / 2, y, x + width / 2, y], 0.8), 0.6);
}

/** A motif on the chest: a letter row, a badge, a picture or a small logo. */
export function drawMotif(canvas: Canvas, random: RandomStream, tone: number): void {
  random.pick(motifs)(canvas, random, tone);
}

type Motif = (canvas: Canvas, random: RandomStream, tone: number) => void;

const logo: Motif = (canvas, random, tone) => {
  const x = centre + random.uniform(2.2, 3.6);
  const y = random.uniform(7, 8.5);
  canvas.paint(rectangle(x, y, x + random.uniform(0.9, 1.7), y + random.uniform(0.8, 1.3)), tone);
};

const lettering: Motif = (canvas, random, tone) => {
  const lines = 1 + random.integer(2);
  const half = random.uniform(2.5, 4.5);
  let y = random.uniform(8, 11);
  for (let line = 0; line < lines; line++) {
    const height = random.uniform(1.2, 2.4);
    for (let x = centre - half; x < centre + half - 0.8;) {
      const width = random.uniform(0.7, 1.5);
      canvas.paint(rectangle(x, y, x + width, y + height), tone, 0.95);
      x += width + random.uniform(0.4, 0.8);
    }
    y += height + 0.8;
  }
};

const badge: Motif = (canvas, random, tone) => {
  const y = random.uniform(10.5, 13.5);
  const size = random.uniform(2, 3.6);
  canvas.paint(ellipse(centre, y, size, size * random.uniform(0.7, 1)), tone);
  canvas.paint(ellipse(centre + random.uniform(-0.6, 0.6), y, size * 0.5, size * 0.45), 255 - tone, 0.6);
};

const picture: Motif = (canvas, random, tone) => {
  const half = random.uniform(2.4, 4);
  const top = random.uniform(8, 10);
  const bottom = top + half * random.uniform(1.4, 2.2);
  canvas.paint(rectangle(centre - half, top, centre + half, bottom), tone);
  for (let spot = 0; spot < 4; spot++) {
    const x = centre + random.uniform(-half, half) * 0.7;
    const y = random.uniform(top + 0.5, bottom - 0.5);
    canvas.paint(ellipse(x, y, random.uniform(0.5, 1.3), random.uniform(0.5, 1.3)), 255 - tone, 0.6);
  }
};

const chevron: Motif = (canvas, random, tone) => {
  const y = random.uniform(9, 12);
  const half = random.uniform(2.5, 4);
  canvas.paint(band([centre - half, y + half, centre, y, centre + half, y + half], random.uniform(1.2, 2)), tone);
};

const motifs = [logo, logo, lettering, lettering, badge, picture, chevron] as const;

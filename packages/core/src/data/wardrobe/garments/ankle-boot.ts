import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { clothTone, contrastTo } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { drawSole, footbed, footbedLine, type Sole } from "../heel.ts";
import { hash } from "../noise.ts";
import { band, ellipse, Pen, type Path } from "../path.ts";
import type { Garment } from "./garment.ts";

/** The leather above the sole; heights in pixels from the top of the image. */
interface Upper {
  readonly sole: Sole;
  readonly topY: number;
  /** Front and back of the shaft at its top. */
  readonly front: number;
  readonly back: number;
  /** Where the instep begins to rise, and how high the toe is. */
  readonly instep: number;
  readonly toeHeight: number;
}

/** Ankle boot: a shaft above the ankle, on a flat, block, narrow or wedge heel; the toe to the left. */
export const ankleBoot: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.006, smallest: 0.97 }));
  const tone = clothTone(random);
  const upper = cut(random);
  const outline = upperPath(upper);
  const seed = random.uint32();
  const leather = random.uniform(0, 0.22);
  canvas.add(outline, (x, y) => tone * (1 - leather * hash(Math.floor(x), Math.floor(y), seed)));
  drawSole(
    canvas,
    random,
    upper.sole,
    random.chance(0.6) ? tone * random.uniform(0.35, 0.7) : contrastTo(tone, random),
  );
  canvas.tone(band(footbedLine(upper.sole, upper.sole.toe, upper.sole.heel), 0.7), 0.6);
  drawTop(canvas, random, upper, tone);
  random.pick([drawGore, drawGore, drawZip, drawLaces, drawStrap, drawSeam])(canvas, random, upper, tone);
  if (random.chance(0.4)) drawToeCap(canvas, upper);
  light(canvas, random, 0.45);
};

function cut(random: RandomStream): Upper {
  const kind = random.uniform(0, 1);
  const shape = kind < 0.4 ? "flat" : kind < 0.78 ? "block" : kind < 0.92 ? "stiletto" : "wedge";
  const rise = shape === "flat" ? random.uniform(0.8, 1.8) : random.uniform(3, 6);
  const tall = random.chance(0.25);
  const ground = tall || rise > 3 ? 27 : random.uniform(23.5, 25);
  const sole: Sole = {
    shape,
    rise,
    ground,
    toe: random.uniform(0.6, 1.4),
    ball: random.uniform(8, 10),
    heel: random.uniform(25.8, 27.2),
    thickness: shape === "flat" ? random.uniform(1.2, 2) : random.uniform(0.8, 1.4),
  };
  const back = sole.heel - random.uniform(0, 0.9);
  const topY = tall ? random.uniform(0.6, 2) : rise > 3 ? random.uniform(2, 6) : random.uniform(5, 9);
  return {
    sole,
    topY,
    front: back - random.uniform(10.5, 13.5),
    back,
    instep: random.uniform(8.2, 9.8),
    toeHeight: random.uniform(4.2, 6),
  };
}

function upperPath({ sole, topY, front, back, instep, toeHeight }: Upper): Path {
  const toeY = footbed(sole, sole.toe);
  const instepY = toeY - toeHeight - 2.2;
  const ankleY = Math.min(footbed(sole, 16) - 7.5, instepY - 2);
  return [
    ...new Pen(sole.toe, toeY)
      .curve(sole.toe - 0.4, toeY - toeHeight, sole.toe + 4, toeY - toeHeight)
      .curve(instep - 2, instepY + 1.3, instep, instepY)
      .curve(front - 0.4, ankleY + 1.4, front + 0.1, Math.max(ankleY - 1.5, topY + 1))
      .line(front - 0.2, topY)
      .curve((front + back) / 2, topY + 0.6, back, topY - 0.2)
      .curve(back - 1.2, (topY + toeY) / 2, sole.heel, footbed(sole, sole.heel) - 2)
      .path(),
    ...footbedLine(sole, sole.heel, sole.toe),
  ];
}

/** The dark opening, and often a loop at the back. */
function drawTop(canvas: Canvas, random: RandomStream, { topY, front, back }: Upper, tone: number): void {
  canvas.paint(ellipse((front + back) / 2, topY, (back - front) / 2 - 0.5, 0.8), tone * 0.4);
  if (random.chance(0.4)) canvas.add(band([back - 0.9, topY + 1, back - 0.2, topY - 1.4], 0.9), tone * 0.9);
}

/** The elastic wedge in the side of a Chelsea boot. */
function drawGore(canvas: Canvas, random: RandomStream, { sole, topY, front, back }: Upper, tone: number): void {
  const middle = (front + back) / 2 + random.uniform(-0.8, 0.8);
  const depth = (footbed(sole, middle) - topY) * random.uniform(0.45, 0.65);
  const gore = new Pen(middle - 2.4, topY + 0.3)
    .line(middle + 2.4, topY + 0.3)
    .curve(middle + 2, topY + depth, middle, topY + depth)
    .curve(middle - 2, topY + depth, middle - 2.4, topY + 0.3)
    .path();
  canvas.paint(gore, random.chance(0.7) ? tone * random.uniform(0.4, 0.65) : contrastTo(tone, random));
}

function drawZip(canvas: Canvas, random: RandomStream, { sole, topY, back }: Upper): void {
  const x = back - random.uniform(2.5, 5);
  canvas.tone(band([x, topY, x - 0.6, footbed(sole, x) - 0.5], 0.9), random.uniform(0.3, 0.55));
}

function drawLaces(canvas: Canvas, random: RandomStream, { topY, front, instep, sole }: Upper, tone: number): void {
  const lace = contrastTo(tone, random);
  const low = footbed(sole, instep) - 4.5;
  const rows = 3 + random.integer(3);
  for (let row = 0; row < rows; row++) {
    const share = row / (rows - 1);
    const y = topY + 1.5 + (low - topY - 1.5) * share;
    const x = front + 0.4 - (front - instep - 1) * share * share;
    canvas.paint(band([x - 0.5, y - 0.4, x + 2.4, y + 0.7], 0.8), lace);
  }
  canvas.tone(band([front + 2.9, topY, front + 2.6, (topY + low) / 2, instep + 3.4, low + 1.2], 0.7), 0.55);
}

function drawStrap(canvas: Canvas, random: RandomStream, { topY, front, back, sole }: Upper, tone: number): void {
  const y = (topY + footbed(sole, front)) / 2 + random.uniform(-1, 2);
  const line = [front - 3, y + 0.8, back + 2, y - random.uniform(0, 1.2)];
  canvas.tone(band(line, 2.1), 0.55);
  canvas.paint(band(line, 1), Math.min(tone * 1.15, 250));
  const x = front + random.uniform(3, 6);
  canvas.paint(ellipse(x, y, 1, 1), contrastTo(tone, random));
}

function drawSeam(canvas: Canvas, random: RandomStream, { topY, front, back, sole }: Upper): void {
  const x = (front + back) / 2 - random.uniform(0, 2);
  const seam = new Pen(x, topY).curve(x + 0.5, footbed(sole, x) - 5, x - 4, footbed(sole, x - 4) - 0.5).path();
  canvas.tone(band(seam, 0.8), random.uniform(0.5, 0.7));
}

function drawToeCap(canvas: Canvas, { sole, toeHeight }: Upper): void {
  const bottom = footbed(sole, 6);
  const seam = new Pen(5.2, bottom - toeHeight - 1).curve(7.2, bottom - toeHeight * 0.5, 6.4, bottom).path();
  canvas.tone(band(seam, 0.8), 0.6);
}

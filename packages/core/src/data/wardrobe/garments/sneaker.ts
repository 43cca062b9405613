import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { clothTone, contrastTo } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { hash } from "../noise.ts";
import { band, ellipse, Pen, type Path } from "../path.ts";
import type { Garment } from "./garment.ts";

/** Heights of a sneaker, in pixels from the top of the image; the toe is on the left. */
interface Cut {
  readonly ground: number;
  readonly soleHeight: number;
  readonly toeY: number;
  /** Where the opening begins at the tongue, and where it ends at the heel. */
  readonly tongueX: number;
  readonly tongueY: number;
  readonly heelY: number;
  readonly collarY: number;
}

/** Sneaker: a low shoe on a thick even sole, laced, with stripes or patches at its side; some reach over the ankle. */
export const sneaker: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.008, smallest: 0.97 }));
  const shoe = cut(random);
  const tone = clothTone(random);
  const contrast = contrastTo(tone, random);
  const seed = random.uint32();
  const mesh = random.chance(0.4) ? random.uniform(0.15, 0.4) : 0.05;
  canvas.add(upperPath(shoe), (x, y) => tone * (1 - mesh * hash(Math.floor(x), Math.floor(y), seed)));
  drawCollar(canvas, shoe, random.chance(0.5) ? tone * 0.45 : contrast);
  if (random.chance(0.5)) drawToeCap(canvas, random, shoe, random.chance(0.5) ? tone * 0.75 : contrast);
  if (random.chance(0.5)) drawHeelPatch(canvas, shoe, random.chance(0.5) ? tone * 0.65 : contrast);
  random.pick([drawStripes, drawSwoosh, drawPanel, drawPanel])(canvas, random, shoe, contrast);
  drawLaces(canvas, random, shoe, random.chance(0.5) ? contrast : tone * 0.5);
  drawSole(canvas, random, shoe, tone);
  light(canvas, random, 0.4);
};

function cut(random: RandomStream): Cut {
  const high = random.chance(0.12);
  const soleHeight = random.uniform(1.6, 3);
  const ground = high ? random.uniform(22, 23.5) : random.uniform(19, 21);
  const upperHeight = high ? random.uniform(12.5, 15) : random.uniform(8.2, 11);
  const tongueY = ground - soleHeight - upperHeight + random.uniform(0, 0.8);
  return {
    ground,
    soleHeight,
    toeY: ground - soleHeight - random.uniform(2.8, 4.4),
    tongueX: high ? random.uniform(14.5, 15.5) : random.uniform(16, 18.2),
    tongueY,
    heelY: tongueY + random.uniform(-0.2, 1.2),
    collarY: tongueY + (high ? random.uniform(0.8, 1.4) : random.uniform(2, 3.2)),
  };
}

function upperPath({ ground, soleHeight, toeY, tongueX, tongueY, heelY, collarY }: Cut): Path {
  const bottom = ground - soleHeight * 0.5;
  return new Pen(0.8, bottom)
    .curve(0.6, toeY, 5, toeY - 0.2)
    .curve(9.5, toeY - 0.8, (tongueX + 9) / 2 + 0.6, (toeY + tongueY) / 2 - 0.2)
    .line(tongueX - 0.4, tongueY + 0.1)
    .line(tongueX + 1, tongueY - 0.2)
    .curve(tongueX + 2.6, collarY + 0.6, (tongueX + 26) / 2 + 0.6, collarY)
    .curve(24.5, collarY - 0.3, 25.7, heelY)
    .line(26.5, heelY + 0.2)
    .curve(26.2, (heelY + ground) / 2, 27, bottom)
    .path();
}

function drawSole(canvas: Canvas, random: RandomStream, { ground, soleHeight }: Cut, tone: number): void {
  const top = ground - soleHeight;
  const lift = random.uniform(0, 1);
  const sole = new Pen(0.5, top + 0.5)
    .curve(0.3, ground - lift, 3, ground)
    .line(25.5, ground)
    .curve(27.6, ground, 27.5, top - random.uniform(0, 0.8))
    .curve(18, top + random.uniform(0.2, 0.8), 10, top + 0.3)
    .curve(3, top, 0.5, top + 0.5)
    .path();
  const soleTone = random.chance(0.6) ? random.uniform(185, 245) : random.uniform(45, 120);
  canvas.add(sole, soleTone);
  const line = [0.5, top + 0.4, 10, top + 0.3, 27.5, top - 0.2];
  canvas.tone(band(line, 0.7), Math.abs(soleTone - tone) < 60 ? 0.4 : 0.75);
  if (random.chance(0.4)) canvas.paint(band([1, ground - 0.4, 27, ground - 0.4], 0.9), soleTone > 150 ? 60 : 170);
}

function drawCollar(canvas: Canvas, { tongueX, tongueY, collarY, heelY }: Cut, tone: number): void {
  const lining = new Pen(tongueX + 0.9, tongueY)
    .curve(tongueX + 2.6, collarY + 0.8, (tongueX + 26) / 2 + 0.4, collarY + 0.2)
    .curve(24.5, collarY - 0.1, 25.8, heelY)
    .path();
  canvas.paint(band(lining, 1.5), tone);
}

function drawToeCap(canvas: Canvas, random: RandomStream, { toeY, ground, soleHeight }: Cut, tone: number): void {
  const reach = random.uniform(5, 8);
  const bottom = ground - soleHeight * 0.4;
  const cap = new Pen(0, bottom)
    .line(0, toeY + 1)
    .curve(reach, toeY + 0.8, reach + 1, bottom)
    .path();
  canvas.paint(cap, tone);
}

function drawHeelPatch(canvas: Canvas, { heelY, ground }: Cut, tone: number): void {
  const patch = new Pen(24.4, heelY - 1)
    .line(28, heelY - 1)
    .line(28, ground)
    .line(22.6, ground);
  canvas.paint(patch.curve(23, (heelY + ground) / 2, 24.4, heelY - 1).path(), tone);
}

/** Three slanting stripes. */
function drawStripes(canvas: Canvas, random: RandomStream, { toeY, ground, collarY }: Cut, tone: number): void {
  const slant = random.uniform(1.2, 2.4);
  const top = Math.max(collarY + 0.8, toeY - 4);
  for (let stripe = 0; stripe < 3; stripe++) {
    const x = 14.4 + stripe * 2.3;
    canvas.paint(band([x + slant, top, x - slant * 0.3, ground - 1], 1), tone);
  }
}

/** A curved hook from the heel to the middle of the foot. */
function drawSwoosh(canvas: Canvas, random: RandomStream, { toeY, ground, soleHeight }: Cut, tone: number): void {
  const low = ground - soleHeight - random.uniform(0.6, 1.2);
  const hook = new Pen(11.5, low - 2).curve(11.5, low + 1, 15, low - 0.3).curve(20, toeY - 0.5, 24.5, toeY - 2.2);
  canvas.paint(band(hook.path(), 1.9, 0.6), tone);
}

/** A side panel of another cloth, or the seams around one. */
function drawPanel(canvas: Canvas, random: RandomStream, { toeY, ground, tongueX, tongueY }: Cut, tone: number): void {
  const front = random.uniform(8, 11);
  const panel = new Pen(front, ground - 1)
    .curve(front + 2, toeY, tongueX - 0.5, tongueY + 2.6)
    .line(tongueX + 2.4, tongueY + 4)
    .curve(tongueX + 1.5, toeY, tongueX + random.uniform(1, 3.5), ground - 1)
    .path();
  if (random.chance(0.5)) canvas.paint(panel, tone, random.uniform(0.2, 0.8));
  else canvas.tone(band([...panel, ...panel.slice(0, 2)], 0.8), 0.55);
}

function drawLaces(canvas: Canvas, random: RandomStream, { toeY, tongueX, tongueY }: Cut, tone: number): void {
  const rows = 3 + random.integer(3);
  for (let row = 0; row < rows; row++) {
    const share = (row + 0.4) / rows;
    const x = tongueX - 0.6 - (tongueX - 10.2) * share;
    const y = tongueY + 1 + (toeY - tongueY - 1.2) * share;
    canvas.paint(band([x - 0.6, y - 0.3, x + 1.6, y + 1.2], 0.75), tone);
  }
  if (random.chance(0.3)) canvas.paint(ellipse(tongueX, tongueY + 0.6, 0.8, 0.7), tone);
}

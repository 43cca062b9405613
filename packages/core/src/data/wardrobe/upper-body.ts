/** The cut that shirts, pullovers, coats and many dresses share: a torso, a neckline and two sleeves. */
import type { RandomStream } from "../random-stream.ts";
import type { Canvas, Shade } from "./canvas.ts";
import { band, Pen, type Path } from "./path.ts";
import { length } from "./trigonometry.ts";

/** Half widths (from the middle) and heights of a torso, in pixels. */
export interface Torso {
  readonly neckHalf: number;
  readonly neckY: number;
  readonly shoulderHalf: number;
  readonly shoulderY: number;
  readonly chestHalf: number;
  readonly armpitY: number;
  readonly waistHalf: number;
  readonly waistY: number;
  readonly hemHalf: number;
  readonly hemY: number;
  /** How far the middle of the hem hangs below its ends. */
  readonly hemDrop: number;
}

/** A sleeve, from the shoulder to the middle of its end. */
export interface Sleeve {
  /** Distance of the end from the middle of the garment. */
  readonly endX: number;
  readonly endY: number;
  readonly endWidth: number;
  /** How far the elbow bends outwards. */
  readonly bulge: number;
  /** Width near the shoulder: how far the armhole reaches below the armpit. */
  readonly armhole: number;
}

export function torsoPath(torso: Torso): Path {
  return new Pen(torso.neckHalf, torso.neckY)
    .line(torso.shoulderHalf, torso.shoulderY)
    .curve(torso.chestHalf - 0.4, (torso.shoulderY + torso.armpitY) / 2, torso.chestHalf, torso.armpitY)
    .curve(torso.waistHalf, (torso.armpitY + torso.waistY) / 2, torso.waistHalf, torso.waistY)
    .curve(torso.waistHalf, (torso.waistY + torso.hemY) / 2, torso.hemHalf, torso.hemY)
    .curve(torso.hemHalf / 2, torso.hemY + torso.hemDrop, 0, torso.hemY + torso.hemDrop)
    .mirrored();
}

function sleevePath(torso: Torso, sleeve: Sleeve, side: 1 | -1): Path {
  const { endX, endY, endWidth, bulge, armhole } = sleeve;
  const shoulderX = torso.shoulderHalf;
  const armpitX = torso.chestHalf;
  // The end is cut across the arm, whose direction runs from the shoulder to the end.
  const alongX = endX - shoulderX;
  const alongY = endY - torso.shoulderY;
  const scale = endWidth / 2 / length(alongX, alongY);
  const outerX = endX + alongY * scale;
  const outerY = endY - alongX * scale;
  const innerX = endX - alongY * scale;
  const innerY = endY + alongX * scale;
  const elbowY = (torso.shoulderY + endY) / 2;
  return new Pen(shoulderX - 2, torso.shoulderY - 0.5)
    .line(shoulderX, torso.shoulderY)
    .curve((shoulderX + outerX) / 2 + bulge, (torso.shoulderY + outerY) / 2 - bulge * 0.6, outerX, outerY)
    .line(innerX, innerY)
    .curve((armpitX + innerX) / 2 + bulge * 0.5, Math.max(elbowY, torso.armpitY), armpitX, torso.armpitY + armhole)
    .line(armpitX - 2, torso.armpitY)
    .onSide(side);
}

/** Paints the two sleeves, each lying a little differently, and returns them for seams and cuffs. */
export function drawSleeves(
  canvas: Canvas,
  random: RandomStream,
  torso: Torso,
  sleeve: Sleeve,
  shade: Shade,
): readonly Sleeve[] {
  return ([1, -1] as const).map((side) => {
    const lying: Sleeve = {
      ...sleeve,
      endX: sleeve.endX + random.uniform(-0.4, 0.4),
      endY: sleeve.endY + random.uniform(-0.4, 0.4),
      bulge: sleeve.bulge + random.uniform(-0.3, 0.3),
    };
    canvas.add(sleevePath(torso, lying, side), shade);
    return lying;
  });
}

/** Darkens the two seams where the sleeves are set in. */
export function drawArmholes(canvas: Canvas, torso: Torso, factor: number): void {
  for (const side of [1, -1] as const) {
    const seam = new Pen(torso.shoulderHalf - 0.4, torso.shoulderY)
      .curve(torso.shoulderHalf - 1, torso.armpitY - 2, torso.chestHalf - 0.3, torso.armpitY + 0.6)
      .onSide(side);
    canvas.tone(band(seam, 0.9), factor);
  }
}

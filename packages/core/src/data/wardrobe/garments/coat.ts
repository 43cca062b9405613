import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { fabric, type Fabric } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { drawHood, drawLapels, drawStandCollar } from "../neckline.ts";
import { band, centre, rectangle } from "../path.ts";
import { drawButtons, drawOpening } from "../trimmings.ts";
import { drawArmholes, drawSleeves, torsoPath, type Sleeve, type Torso } from "../upper-body.ts";
import type { Garment } from "./garment.ts";

/** Coat: long and heavy, open down the front (buttons or a zip), with lapels, a stand collar or a hood, and pockets. */
export const coat: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.006, smallest: 0.97, lean: 0.02 }));
  const cloth = fabric(random, { plain: 7, heather: 4, knit: 1.2, checks: 0.6, print: 0.4 });
  const long = random.chance(0.35);
  const torso = cut(random, long);
  drawSleeves(canvas, random, torso, sleeveOf(random, torso, long), cloth.shade);
  canvas.add(torsoPath(torso), cloth.shade);
  drawArmholes(canvas, torso, random.uniform(0.45, 0.7));
  const quilted = random.chance(0.2);
  if (quilted) drawQuilting(canvas, random, torso);
  const closed = drawNeck(canvas, random, torso, cloth, quilted);
  drawFront(canvas, random, torso, cloth, closed);
  drawPockets(canvas, random, torso);
  if (!quilted && random.chance(0.2)) canvas.tone(rectangle(0, 15, 28, 16.4), 0.55);
  light(canvas, random, 0.3);
};

function cut(random: RandomStream, long: boolean): Torso {
  const chestHalf = long ? random.uniform(5.2, 6.2) : random.uniform(6, 7.3);
  return {
    neckHalf: random.uniform(2.2, 3),
    neckY: random.uniform(1, 1.7),
    shoulderHalf: chestHalf + random.uniform(0, 0.5),
    shoulderY: random.uniform(2.6, 3.6),
    chestHalf,
    armpitY: random.uniform(8.2, 9.6),
    waistHalf: chestHalf * random.uniform(0.88, 1.02),
    waistY: random.uniform(14.5, 17),
    hemHalf: chestHalf * random.uniform(1, 1.2),
    hemY: random.uniform(27, 27.8),
    hemDrop: random.uniform(-0.2, 0.4),
  };
}

/** Sleeves end well above the hem of a long coat, and near that of a short one. */
function sleeveOf(random: RandomStream, torso: Torso, long: boolean): Sleeve {
  return {
    endX: torso.shoulderHalf + random.uniform(1.8, 3.4),
    endY: long ? random.uniform(18.5, 22) : random.uniform(22.5, 25.5),
    endWidth: random.uniform(3, 3.8),
    bulge: random.uniform(1.4, 2.6),
    armhole: random.uniform(0.6, 1.6),
  };
}

/** Horizontal seams of a quilted jacket, each with a shadow below. */
function drawQuilting(canvas: Canvas, random: RandomStream, torso: Torso): void {
  const height = random.uniform(2.6, 3.6);
  canvas.light((_, y) => {
    const place = (y - torso.shoulderY) / height;
    const inside = place - Math.floor(place);
    return y < torso.shoulderY ? 1 : 0.68 + 1.6 * inside * (1 - inside);
  });
}

/** Paints the collar, and returns the height from which the front is closed. */
function drawNeck(canvas: Canvas, random: RandomStream, torso: Torso, cloth: Fabric, quilted: boolean): number {
  const kind = random.uniform(0, 1);
  if (!quilted && kind < 0.55)
    return drawLapels(canvas, random, torso, Math.min(cloth.tone * random.uniform(0.9, 1.15), 250));
  if (kind < 0.8) {
    const lining = random.chance(0.4) ? cloth.contrast : cloth.tone * 0.4;
    drawHood(canvas, random, torso, cloth.tone * random.uniform(0.85, 1.05), lining);
    return torso.neckY + 4;
  }
  drawStandCollar(canvas, random, torso, cloth.tone * random.uniform(0.75, 1.05));
  return torso.neckY + 1;
}

function drawFront(canvas: Canvas, random: RandomStream, torso: Torso, cloth: Fabric, closed: number): void {
  drawOpening(canvas, closed, torso.hemY + 1, random.uniform(0.8, 1.3), random.uniform(0.25, 0.5));
  const bottom = torso.hemY - random.uniform(3, 9);
  const kind = random.uniform(0, 1);
  if (kind < 0.4) {
    drawButtons(canvas, centre + 1.3, closed + 0.8, bottom, 3 + random.integer(3), cloth.contrast);
  } else if (kind < 0.65) {
    for (const x of [-2.2, 2.2])
      drawButtons(canvas, centre + x, closed + 0.5, bottom, 3 + random.integer(2), cloth.contrast);
  } else {
    canvas.paint(band([centre, closed, centre, torso.hemY + 1], 0.5), cloth.contrast, 0.6);
  }
}

function drawPockets(canvas: Canvas, random: RandomStream, torso: Torso): void {
  const y = torso.waistY + random.uniform(1.5, 3.5);
  const slant = random.uniform(-0.4, 1.6);
  const near = torso.chestHalf * 0.4;
  const far = torso.chestHalf * 0.85;
  for (const side of [1, -1]) {
    canvas.tone(band([centre + side * near, y, centre + side * far, y + slant], random.uniform(0.8, 1.3)), 0.5);
  }
}

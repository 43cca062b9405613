import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { fabric } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { drawCollar } from "../neckline.ts";
import { band, centre, Pen } from "../path.ts";
import { drawButtons, drawPatchPocket } from "../trimmings.ts";
import { drawArmholes, drawSleeves, torsoPath, type Sleeve, type Torso } from "../upper-body.ts";
import type { Garment } from "./garment.ts";

/** Shirt: a pointed collar, a button strip down the front, a rounded hem; sleeves long, rolled up or short. */
export const shirt: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.008, smallest: 0.97, lean: 0.02 }));
  const cloth = fabric(random, { plain: 5, heather: 1, checks: 4, pinstripes: 3, dots: 1.2, print: 1.8, stripes: 0.5 });
  const torso = cut(random);
  const { sleeve, long } = sleeveOf(random, torso);
  const sleeves = drawSleeves(canvas, random, torso, sleeve, cloth.shade);
  if (long) drawCuffs(canvas, torso, sleeves);
  canvas.add(torsoPath(torso), cloth.shade);
  drawArmholes(canvas, torso, random.uniform(0.55, 0.8));
  drawFront(canvas, random, torso, cloth.contrast);
  drawCollar(canvas, random, torso, collarTone(random, cloth.tone));
  if (random.chance(0.5)) drawPatchPocket(canvas, centre + 3.4, random.uniform(8.5, 9.5), 3, 3.4);
  light(canvas, random, 0.4);
};

function cut(random: RandomStream): Torso {
  const chestHalf = random.uniform(5.7, 6.9);
  const waistHalf = chestHalf * random.uniform(0.86, 1);
  return {
    neckHalf: random.uniform(2, 2.7),
    neckY: random.uniform(0.9, 1.4),
    shoulderHalf: chestHalf + random.uniform(0, 0.6),
    shoulderY: random.uniform(2.6, 3.5),
    chestHalf,
    armpitY: random.uniform(8.4, 9.6),
    waistHalf,
    waistY: random.uniform(15, 18),
    hemHalf: waistHalf * random.uniform(1, 1.1),
    hemY: random.uniform(25.2, 26.4),
    hemDrop: random.uniform(1.2, 2.4),
  };
}

function sleeveOf(random: RandomStream, torso: Torso): { readonly sleeve: Sleeve; readonly long: boolean } {
  const length = random.uniform(0, 1);
  const short = length < 0.28;
  const rolled = !short && length < 0.42;
  const sleeve: Sleeve = {
    endX: torso.shoulderHalf + (short ? random.uniform(1.8, 3) : random.uniform(1.8, 3.8)),
    endY: short ? random.uniform(9.5, 11) : rolled ? random.uniform(14, 17) : random.uniform(23, 26),
    endWidth: short ? random.uniform(4, 4.8) : rolled ? random.uniform(3.4, 4) : random.uniform(2.4, 3),
    bulge: short ? random.uniform(0.6, 1.4) : random.uniform(1.4, 2.6),
    armhole: random.uniform(0.3, 1.2),
  };
  return { sleeve, long: !short };
}

/** The seams above the buttoned cuffs. */
function drawCuffs(canvas: Canvas, torso: Torso, sleeves: readonly Sleeve[]): void {
  sleeves.forEach((sleeve, index) => {
    const back = (torso.shoulderHalf - sleeve.endX) / (sleeve.endY - torso.shoulderY);
    const x = sleeve.endX + back * 2.4;
    const y = sleeve.endY - 2.2;
    const half = sleeve.endWidth * 0.8;
    const seam = new Pen(x - half, y - back * half).line(x + half, y + back * half);
    canvas.tone(band(seam.onSide(index === 0 ? 1 : -1), 0.8), 0.55);
  });
}

/** The button strip: two seams, or one, with buttons between. */
function drawFront(canvas: Canvas, random: RandomStream, torso: Torso, contrast: number): void {
  const bottom = torso.hemY + torso.hemDrop;
  const half = random.uniform(0.8, 1.2);
  canvas.tone(band([centre + half, 4, centre + half, bottom], 0.7), random.uniform(0.45, 0.7));
  if (random.chance(0.5)) canvas.tone(band([centre - half, 4, centre - half, bottom], 0.6), random.uniform(0.6, 0.85));
  drawButtons(canvas, centre, 6, bottom - 3, 5 + random.integer(3), contrast);
}

function collarTone(random: RandomStream, tone: number): number {
  return random.chance(0.2) ? random.uniform(190, 240) : Math.min(tone * random.uniform(0.95, 1.15), 250);
}

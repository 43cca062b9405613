import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { fabric } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { drawNeckline, type Neckline } from "../neckline.ts";
import { band, centre, Pen } from "../path.ts";
import { drawMotif } from "../trimmings.ts";
import { drawArmholes, drawSleeves, torsoPath, type Sleeve, type Torso } from "../upper-body.ts";
import type { Garment } from "./garment.ts";

/** T-shirt or top: short sleeves, a plain neckline, often a motif on the chest. */
export const tShirt: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.008, smallest: 0.97, lean: 0.02 }));
  const cloth = fabric(random, {
    plain: 8,
    heather: 3,
    stripes: 2,
    pinstripes: 0.3,
    dots: 0.5,
    print: 0.7,
    gradient: 0.7,
    block: 0.8,
  });
  const torso = cut(random);
  const sleeve = shortSleeve(random, torso);
  const sleeveShade = random.chance(0.12) ? () => cloth.contrast : cloth.shade;
  const sleeveless = random.chance(0.1);
  if (!sleeveless) drawSleeves(canvas, random, torso, sleeve, sleeveShade);
  canvas.add(torsoPath(torso), cloth.shade);
  if (sleeveless) cutArmholes(canvas, torso);
  else drawArmholes(canvas, torso, random.uniform(0.6, 0.85));
  const border = random.chance(0.3) ? cloth.contrast : cloth.tone * random.uniform(0.75, 1.1);
  drawNeckline(canvas, torso, cloth, neckline(random), border);
  if (random.chance(0.45)) drawMotif(canvas, random, cloth.contrast);
  canvas.tone(band([centre - 9, torso.hemY - 1, centre + 9, torso.hemY - 1], 0.7), 0.8);
  light(canvas, random, 0.35);
};

function cut(random: RandomStream): Torso {
  const chestHalf = random.uniform(6.4, 7.6);
  const waistHalf = chestHalf * random.uniform(0.88, 1);
  return {
    neckHalf: random.uniform(2.6, 4),
    neckY: random.uniform(0.3, 0.8),
    shoulderHalf: chestHalf + random.uniform(0.1, 0.9),
    shoulderY: random.uniform(1.9, 2.8),
    chestHalf,
    armpitY: random.uniform(8, 9.3),
    waistHalf,
    waistY: random.uniform(15, 18),
    hemHalf: waistHalf * random.uniform(1, 1.12),
    hemY: random.uniform(27, 27.7),
    hemDrop: random.uniform(0, 0.7),
  };
}

function shortSleeve(random: RandomStream, torso: Torso): Sleeve {
  const reach = random.uniform(1.3, 3.2);
  return {
    endX: torso.shoulderHalf + reach,
    endY: torso.shoulderY + 9.4 - reach * 1.1 - random.uniform(0, 1.4),
    endWidth: random.uniform(4, 5.2),
    bulge: random.uniform(0.8, 1.6),
    armhole: random.uniform(0.2, 1),
  };
}

/** Makes a tank top: the armholes reach in to the straps. */
function cutArmholes(canvas: Canvas, torso: Torso): void {
  for (const side of [1, -1] as const) {
    const armhole = new Pen(torso.neckHalf + 1.8, -2)
      .line(torso.neckHalf + 1.8, torso.neckY + 1)
      .curve(torso.neckHalf + 1.6, torso.armpitY, torso.chestHalf + 0.2, torso.armpitY + 0.6)
      .line(20, torso.armpitY)
      .line(20, -2);
    canvas.erase(armhole.onSide(side));
  }
}

function neckline(random: RandomStream): Neckline {
  if (random.chance(0.2)) return { shape: "v", depth: random.uniform(3.5, 6) };
  return { shape: "round", depth: random.uniform(2, 3.8) };
}

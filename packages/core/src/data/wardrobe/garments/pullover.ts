import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { fabric, type Fabric } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { drawHood, drawNeckline, drawStandCollar } from "../neckline.ts";
import { band, centre, Pen } from "../path.ts";
import { drawMotif } from "../trimmings.ts";
import { drawArmholes, drawSleeves, torsoPath, type Sleeve, type Torso } from "../upper-body.ts";
import type { Garment } from "./garment.ts";

/** Pullover: long sleeves, no opening, ribbed hem and cuffs; with a round or V neck, a roll collar or a hood. */
export const pullover: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.008, smallest: 0.97, lean: 0.02 }));
  const cloth = fabric(random, { plain: 5, heather: 4, knit: 5, stripes: 2.5, gradient: 0.6, block: 1, print: 0.4 });
  const torso = cut(random);
  const ribs = cloth.tone * random.uniform(0.6, 0.9);
  const sleeves = drawSleeves(canvas, random, torso, longSleeve(random, torso), cloth.shade);
  drawCuffs(canvas, torso, sleeves, ribs);
  canvas.add(torsoPath(torso), cloth.shade);
  drawArmholes(canvas, torso, random.uniform(0.55, 0.8));
  drawNeck(canvas, random, torso, cloth, ribs);
  if (random.chance(0.3)) drawMotif(canvas, random, cloth.contrast);
  canvas.tone(band([centre - 9, torso.hemY - 0.9, centre + 9, torso.hemY - 0.9], 2.2), (x) =>
    Math.floor(x) % 2 === 0 ? 0.72 : 0.88,
  );
  light(canvas, random, 0.45);
};

function cut(random: RandomStream): Torso {
  const chestHalf = random.uniform(5.7, 7);
  const hemHalf = chestHalf * random.uniform(0.9, 1.02);
  return {
    neckHalf: random.uniform(2.6, 3.6),
    neckY: random.uniform(0.6, 1.2),
    shoulderHalf: chestHalf + random.uniform(0, 0.5),
    shoulderY: random.uniform(2.2, 3.2),
    chestHalf,
    armpitY: random.uniform(8.4, 10),
    waistHalf: chestHalf * random.uniform(0.94, 1.02),
    waistY: 17,
    hemHalf,
    hemY: random.uniform(26, 27.7),
    hemDrop: random.uniform(0, 0.5),
  };
}

function longSleeve(random: RandomStream, torso: Torso): Sleeve {
  return {
    endX: torso.shoulderHalf + random.uniform(1.8, 3.8),
    endY: random.uniform(24.5, 27),
    endWidth: random.uniform(2.5, 3.4),
    bulge: random.uniform(1.6, 3),
    armhole: random.uniform(0.5, 1.5),
  };
}

/** The ribbed ends of the sleeves. */
function drawCuffs(canvas: Canvas, torso: Torso, sleeves: readonly Sleeve[], tone: number): void {
  sleeves.forEach((sleeve, index) => {
    const back = (torso.shoulderHalf - sleeve.endX) / (sleeve.endY - torso.shoulderY);
    const cuff = new Pen(sleeve.endX, sleeve.endY + 0.3).line(sleeve.endX + back * 2, sleeve.endY - 1.8);
    canvas.paint(band(cuff.onSide(index === 0 ? 1 : -1), sleeve.endWidth + 1.5), tone, 0.8);
  });
}

function drawNeck(canvas: Canvas, random: RandomStream, torso: Torso, cloth: Fabric, ribs: number): void {
  const kind = random.uniform(0, 1);
  if (kind < 0.16) {
    drawHood(canvas, random, torso, cloth.tone * random.uniform(0.85, 1), cloth.tone * 0.4);
    for (const side of [1, -1]) canvas.paint(band([centre + side, 6, centre + side * 1.3, 9.5], 0.6), cloth.contrast);
    const pocket = new Pen(4.2, 23.5).line(4, 20.5).line(2.6, 17.5).line(0, 17.5).mirrored();
    canvas.tone(band([...pocket, ...pocket.slice(0, 2)], 0.7), 0.65);
  } else if (kind < 0.34) {
    drawStandCollar(canvas, random, torso, cloth.tone * random.uniform(0.85, 1));
  } else if (kind < 0.55) {
    drawNeckline(canvas, torso, cloth, { shape: "v", depth: random.uniform(4, 7) }, ribs);
  } else {
    drawNeckline(canvas, torso, cloth, { shape: "round", depth: random.uniform(1.8, 3) }, ribs);
  }
}

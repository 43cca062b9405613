import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { fabric, type Fabric } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { drawNeckline } from "../neckline.ts";
import { band, centre, Pen, rectangle, type Path } from "../path.ts";
import { drawSleeves, type Sleeve, type Torso } from "../upper-body.ts";
import type { Garment } from "./garment.ts";

/** Dress: narrow and long, drawn in at the waist, with straps, short sleeves or long ones, straight or flared below. */
export const dress: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.008, smallest: 0.97, lean: 0.03 }));
  const cloth = fabric(random, {
    plain: 7,
    heather: 1,
    print: 3,
    dots: 1.2,
    stripes: 1,
    pinstripes: 0.6,
    checks: 0.6,
    block: 1,
    gradient: 0.6,
  });
  const sleeved = random.chance(0.55);
  const torso = cut(random, sleeved);
  if (sleeved) drawSleeves(canvas, random, torso, sleeveOf(random, torso), cloth.shade);
  const outline = dressPath(torso);
  canvas.add(outline, cloth.shade);
  drawTop(canvas, random, torso, cloth, sleeved);
  drawWaist(canvas, random, torso, cloth);
  if (torso.hemHalf > torso.waistHalf + 2) drawPleats(canvas, random, torso);
  light(canvas, random, 0.5);
};

function cut(random: RandomStream, sleeved: boolean): Torso {
  const chestHalf = random.uniform(3.9, 5.4);
  const waistHalf = chestHalf * random.uniform(0.78, 0.95);
  const flared = random.chance(0.6);
  return {
    neckHalf: chestHalf * random.uniform(0.5, 0.68),
    neckY: random.uniform(0.4, 0.9),
    shoulderHalf: sleeved ? chestHalf * random.uniform(1, 1.1) : chestHalf * random.uniform(0.75, 0.95),
    shoulderY: sleeved ? random.uniform(1.6, 2.4) : random.uniform(0.9, 1.5),
    chestHalf,
    armpitY: random.uniform(5.4, 6.6),
    waistHalf,
    waistY: random.uniform(9.5, 12),
    hemHalf: flared ? random.uniform(6, 9.5) : waistHalf * random.uniform(1, 1.3),
    hemY: random.uniform(27, 27.8),
    hemDrop: random.uniform(-0.2, 0.6),
  };
}

function dressPath(torso: Torso): Path {
  const hips = torso.waistHalf + (torso.hemHalf - torso.waistHalf) * 0.35 + 0.8;
  return new Pen(torso.neckHalf, torso.neckY)
    .line(torso.shoulderHalf, torso.shoulderY)
    .curve(torso.chestHalf - 0.8, torso.armpitY - 1.5, torso.chestHalf, torso.armpitY)
    .curve(torso.chestHalf - 0.2, torso.waistY - 2, torso.waistHalf, torso.waistY)
    .curve(hips, torso.waistY + 4, torso.hemHalf, torso.hemY)
    .curve(torso.hemHalf / 2, torso.hemY + torso.hemDrop, 0, torso.hemY + torso.hemDrop)
    .mirrored();
}

function sleeveOf(random: RandomStream, torso: Torso): Sleeve {
  const long = random.chance(0.4);
  return {
    endX: torso.shoulderHalf + (long ? random.uniform(2, 4) : random.uniform(1.5, 3)),
    endY: long ? random.uniform(11, 17) : random.uniform(4.8, 7),
    endWidth: long ? random.uniform(1.9, 2.8) : random.uniform(2.6, 3.6),
    bulge: random.uniform(0.3, 1.1),
    armhole: random.uniform(0, 0.5),
  };
}

/** The neckline; without sleeves the armholes are cut in so far that straps remain. */
function drawTop(canvas: Canvas, random: RandomStream, torso: Torso, cloth: Fabric, sleeved: boolean): void {
  if (!sleeved && random.chance(0.5)) {
    const bodice = torso.armpitY - random.uniform(0.5, 1.6);
    const strap = random.uniform(0.8, 1.4);
    canvas.erase(rectangle(0, -3, 28, bodice));
    for (const side of [1, -1] as const) {
      const line = new Pen(torso.neckHalf * 0.9, torso.neckY - 0.5).line(torso.chestHalf * 0.72, bodice + 0.6);
      canvas.add(band(line.onSide(side), strap), cloth.shade);
    }
    canvas.erase(
      new Pen(torso.chestHalf * 0.5, bodice - 0.2).curve(0.5, bodice, 0, bodice + random.uniform(0.4, 1.6)).mirrored(),
    );
    return;
  }
  const shape = random.pick(["round", "round", "v", "square"]);
  drawNeckline(canvas, torso, cloth, { shape, depth: random.uniform(1.6, 4) }, cloth.tone * 0.85);
}

function drawWaist(canvas: Canvas, random: RandomStream, torso: Torso, cloth: Fabric): void {
  const kind = random.uniform(0, 1);
  const line = [centre - 9, torso.waistY, centre + 9, torso.waistY];
  if (kind < 0.3) canvas.paint(band(line, random.uniform(1, 1.8)), cloth.contrast);
  else if (kind < 0.7) canvas.tone(band(line, 0.8), random.uniform(0.5, 0.75));
}

/** Folds that fan out from the waist. */
function drawPleats(canvas: Canvas, random: RandomStream, torso: Torso): void {
  const count = 2 + random.integer(3);
  const factor = random.uniform(0.55, 0.8);
  for (let pleat = -count; pleat <= count; pleat++) {
    const share = (pleat + random.uniform(-0.25, 0.25)) / (count + 0.6);
    const top = torso.waistY + random.uniform(0.5, 4);
    const line = [centre + share * torso.waistHalf, top, centre + share * torso.hemHalf, torso.hemY + 1];
    canvas.tone(band(line, 0.5, 1.1), factor);
  }
}

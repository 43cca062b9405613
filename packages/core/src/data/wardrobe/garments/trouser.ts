import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { fabric } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { band, centre, Pen, rectangle } from "../path.ts";
import type { Garment } from "./garment.ts";

/** Half widths and heights of trousers, in pixels. */
interface Cut {
  readonly waistHalf: number;
  readonly hipHalf: number;
  readonly crotchY: number;
  /** Outer and inner distance of the end of a leg from the middle. */
  readonly outerHem: number;
  readonly innerHem: number;
  /** How much the leg is drawn in (below 0) or widened at the knee. */
  readonly knee: number;
  readonly hemY: number;
}

/** Trouser: two legs below a waistband; narrow, straight, flared or wide. */
export const trouser: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.008, smallest: 0.97, lean: 0.06 }));
  const cloth = fabric(random, { plain: 9, heather: 3, pinstripes: 0.8, print: 0.7, checks: 0.4, dots: 0.3 });
  const trousers = cut(random);
  for (const side of [1, -1] as const) {
    canvas.add(legPath(trousers, random.uniform(-0.3, 0.3), side), cloth.shade);
  }
  if (random.chance(0.55)) drawFading(canvas, random, trousers);
  drawSeams(canvas, random, trousers);
  light(canvas, random, 0.35);
};

function cut(random: RandomStream): Cut {
  const waistHalf = random.uniform(3.6, 4.8);
  const hipHalf = waistHalf * random.uniform(1.08, 1.25);
  const style = random.uniform(0, 1);
  const legWidth =
    style < 0.5 ? random.uniform(2.2, 2.9) : style < 0.85 ? random.uniform(2.9, 3.8) : random.uniform(4, 5.5);
  const innerHem = random.uniform(0.7, 2.6);
  return {
    waistHalf,
    hipHalf,
    crotchY: random.uniform(8.5, 11),
    outerHem: innerHem + legWidth,
    innerHem,
    knee: style < 0.85 ? random.uniform(-0.2, 0.3) : random.uniform(-0.9, 0),
    hemY: random.uniform(27.2, 27.9),
  };
}

function legPath(trousers: Cut, shift: number, side: 1 | -1): readonly number[] {
  const { waistHalf, hipHalf, crotchY, outerHem, innerHem, knee, hemY } = trousers;
  const kneeY = (crotchY + hemY) / 2;
  return new Pen(-0.2, 0.2)
    .line(waistHalf, 0.2)
    .curve(hipHalf, crotchY * 0.4, hipHalf, crotchY)
    .curve((hipHalf + outerHem) / 2 + knee, kneeY, outerHem + shift, hemY)
    .line(innerHem + shift, hemY + 0.2)
    .curve(innerHem * 0.6 - knee * 0.5 + 0.3, kneeY, 0.35, crotchY)
    .line(-0.2, crotchY - 0.6)
    .onSide(side);
}

/** The worn, lighter front of each thigh. */
function drawFading(canvas: Canvas, random: RandomStream, trousers: Cut): void {
  const strength = random.uniform(0.15, 0.5) * (random.chance(0.3) ? -1 : 1);
  const middle = random.uniform(10, 15);
  canvas.light((x, y) => {
    const fromMiddle = Math.abs(x - centre) / trousers.hipHalf - 0.5;
    const fromThigh = (y - middle) / 8;
    const near = 1 - 4 * fromMiddle * fromMiddle - fromThigh * fromThigh;
    return near > 0 ? 1 + strength * near : 1;
  });
}

function drawSeams(canvas: Canvas, random: RandomStream, trousers: Cut): void {
  const { crotchY, hipHalf } = trousers;
  canvas.tone(rectangle(0, 1.6, 28, 2.3), random.uniform(0.55, 0.8));
  canvas.tone(band([centre, 2, centre, crotchY], 0.7), random.uniform(0.5, 0.75));
  if (random.chance(0.7)) {
    const factor = random.uniform(0.55, 0.8);
    for (const side of [1, -1] as const) {
      const pocket = new Pen(hipHalf * 0.5, 2.2).curve(hipHalf * 0.6, 4.6, hipHalf * 1.05, 5.2).onSide(side);
      canvas.tone(band(pocket, 0.7), factor);
    }
  }
  if (random.chance(0.35))
    canvas.paint(rectangle(centre - 0.5, 0.8, centre + 0.6, 1.7), 255 * random.uniform(0.1, 0.95));
}

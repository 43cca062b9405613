import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { clothTone, contrastTo } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { drawSole, footbed, type HeelShape, type Sole } from "../heel.ts";
import { band, ellipse, Pen, type Path } from "../path.ts";
import type { Garment } from "./garment.ts";

/** Sandal: straps over a sole, and air between them; flat, on a wedge, or on a high heel; the toe to the left. */
export const sandal: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.008, smallest: 0.97 }));
  const tone = Math.max(clothTone(random), 100);
  const style = random.pick(["thong", "slide", "flat", "flat", "heeled", "heeled", "heeled"]);
  const shoe = cut(random, style === "heeled");
  const soleTone = random.chance(0.5) ? tone * random.uniform(0.5, 0.95) : contrastTo(tone, random);
  if (style === "thong") drawThong(canvas, random, shoe, tone);
  else if (style === "slide") drawSlide(canvas, random, shoe, tone);
  else drawStraps(canvas, random, shoe, tone);
  drawSole(canvas, random, shoe.sole, Math.max(soleTone, 60));
  light(canvas, random, 0.4);
};

/** A sole, and the foot above it that the straps go around. */
interface Shoe {
  readonly sole: Sole;
  readonly width: number;
  /** Top of the foot where it meets the leg. */
  readonly ankleX: number;
  readonly ankleY: number;
}

function cut(random: RandomStream, heeled: boolean): Shoe {
  const shape: HeelShape = heeled
    ? random.pick(["stiletto", "stiletto", "block", "wedge"])
    : random.pick(["flat", "wedge"]);
  const sole: Sole = {
    shape,
    rise: heeled ? random.uniform(6, 10.5) : shape === "wedge" ? random.uniform(1.5, 5) : 0,
    toe: random.uniform(0.4, 1),
    ball: heeled ? random.uniform(7, 8.5) : random.uniform(8, 10),
    heel: random.uniform(26.4, 27.7),
    ground: heeled ? random.uniform(26, 27.5) : random.uniform(19, 21),
    thickness: heeled ? random.uniform(1, 1.8) : random.uniform(1.4, 2.8),
  };
  return {
    sole,
    width: random.uniform(1.3, 2.4),
    ankleX: sole.heel - random.uniform(8, 9.5),
    ankleY: footbed(sole, sole.heel) - random.uniform(5.5, 9.5),
  };
}

/** A point of the line over the top of the foot, from the toes (0) to the ankle (1). */
function topOfFoot({ sole, ankleX, ankleY }: Shoe, t: number): readonly [x: number, y: number] {
  const toe = (1 - t) * (1 - t);
  const ball = 2 * t * (1 - t);
  const toeX = sole.toe + 1;
  const toeY = footbed(sole, toeX) - 1.6;
  const ballX = sole.ball + 1;
  const ballY = footbed(sole, sole.ball) - 4.8;
  return [toe * toeX + ball * ballX + t * t * ankleX, toe * toeY + ball * ballY + t * t * ankleY];
}

/** A strap from the sole over the top of the foot; its far half lies in shadow. */
function drawStrap(canvas: Canvas, shoe: Shoe, soleX: number, t: number, width: number, tone: number): void {
  const { sole } = shoe;
  const [topX, topY] = topOfFoot(shoe, t);
  const farX = Math.min(topX + 2.4, sole.heel - 3);
  const far = new Pen(topX, topY + 0.4).curve(farX, topY + 1, farX, footbed(sole, farX) + 0.4);
  canvas.add(band(far.path(), width * 0.7), tone * 0.4);
  const nearY = footbed(sole, soleX);
  canvas.add(band(new Pen(soleX, nearY + 0.5).curve(soleX, topY + 0.6, topX + 0.4, topY).path(), width), tone);
}

/** Flip-flop: two straps that meet between the toes. */
function drawThong(canvas: Canvas, random: RandomStream, { sole }: Shoe, tone: number): void {
  const height = random.uniform(3.6, 5.6);
  const post = sole.toe + random.uniform(4, 6);
  const end = random.uniform(16.5, 20);
  canvas.add(band(arch(sole, post, end - 2, height * 0.8), 0.9, 1.4), tone * 0.5);
  canvas.add(band(arch(sole, post, end, height), 1.1, random.uniform(1.7, 2.8)), tone);
  if (random.chance(0.4)) {
    canvas.add(ellipse(post + 2.6, footbed(sole, post) - height * 0.62, 1.4, 1.1), contrastTo(tone, random));
  }
}

function arch(sole: Sole, from: number, to: number, height: number): Path {
  const start = footbed(sole, from) + 0.6;
  const end = footbed(sole, to) + 0.6;
  const peak = from + (to - from) * 0.4;
  return new Pen(from, start)
    .curve(from + 1, start - height, peak, start - height)
    .curve(to - 2, start - height, to, end)
    .path();
}

/** One broad strap, low over the toes and high over the instep, or two; the heel free. */
function drawSlide(canvas: Canvas, random: RandomStream, { sole }: Shoe, tone: number): void {
  const front = random.uniform(2.6, 4.4);
  const back = random.uniform(14, 17.5);
  const floor = footbed(sole, front) + 0.5;
  const top = floor - random.uniform(6, 8);
  const inside = new Pen(back - 3, top + 0.3).curve(back + 1.6, top + 0.8, back + 2.4, floor).line(back - 3, floor);
  canvas.add(inside.path(), tone * 0.4);
  const upper = new Pen(front, floor)
    .curve(front + 0.6, floor - 2.6, front + 4, floor - 3.8)
    .curve(back - 6, top + 0.6, back - 2.4, top)
    .curve(back + 0.2, (top + floor) / 2, back, footbed(sole, back) + 0.5);
  canvas.add(upper.path(), tone);
  const middle = front + (back - front) * random.uniform(0.45, 0.6);
  const slit = new Pen(middle, floor).curve(middle, floor - 3, middle + 3, top - 1).path();
  const split = random.chance(0.6);
  if (split) canvas.erase(band(slit, random.uniform(0.8, 1.6)));
  if (!split && random.chance(0.6)) canvas.tone(band(slit, 1.4), 0.55);
  if (random.chance(0.5)) canvas.paint(ellipse(back - 2.4, (top + floor) / 2, 0.9, 0.9), contrastTo(tone, random));
}

/** Straps over the toes and the instep, and one around the ankle. */
function drawStraps(canvas: Canvas, random: RandomStream, shoe: Shoe, tone: number): void {
  const { sole, width } = shoe;
  const second = random.chance(0.3) ? contrastTo(tone, random) : tone;
  const ankle = random.chance(0.85);
  if (ankle) drawAnkleStrap(canvas, random, shoe, tone);
  if (random.chance(0.5)) drawInstepLine(canvas, shoe, tone * 0.9);
  const extra = random.integer(3);
  for (let strap = extra; strap >= 1; strap--) {
    drawStrap(canvas, shoe, sole.ball + 1 + strap * random.uniform(2, 3), 0.45 + strap * 0.17, width, second);
  }
  if (random.chance(0.5)) drawVamp(canvas, random, shoe, tone);
  else {
    drawStrap(canvas, shoe, sole.ball + random.uniform(-0.5, 0.5), random.uniform(0.48, 0.56), width, tone);
    drawStrap(canvas, shoe, sole.toe + random.uniform(2, 3), random.uniform(0.24, 0.3), width * 1.2, second);
  }
}

/** A closed piece over the ball of the foot, open at the toes. */
function drawVamp(canvas: Canvas, random: RandomStream, shoe: Shoe, tone: number): void {
  const { sole } = shoe;
  const front = sole.toe + random.uniform(1.4, 2.4);
  const back = sole.ball + random.uniform(1, 3.5);
  const vamp = [front, footbed(sole, front) + 0.5];
  for (let step = 0; step <= 4; step++) vamp.push(...topOfFoot(shoe, 0.16 + step * 0.1));
  vamp.push(back, footbed(sole, back) + 0.5);
  canvas.add(vamp, tone);
  if (random.chance(0.5)) canvas.tone(band([front + 2.5, 28, front + 3.6, footbed(sole, front) - 5], 0.9), 0.55);
}

/** A strap along the top of the foot that ties the front to the ankle. */
function drawInstepLine(canvas: Canvas, shoe: Shoe, tone: number): void {
  const line: number[] = [];
  for (let step = 0; step <= 5; step++) line.push(...topOfFoot(shoe, 0.35 + step * 0.13));
  canvas.add(band(line, shoe.width * 0.9), tone);
}

/** The counter behind the heel, and a strap around the ankle with its buckle. */
function drawAnkleStrap(
  canvas: Canvas,
  random: RandomStream,
  { sole, width, ankleX, ankleY }: Shoe,
  tone: number,
): void {
  const back = sole.heel - 0.9;
  const base = footbed(sole, back) + 0.5;
  canvas.add(
    band(new Pen(ankleX, ankleY).curve((ankleX + back) / 2, ankleY - 2, back, ankleY).path(), width * 0.6),
    tone * 0.45,
  );
  canvas.add(
    band(new Pen(back, base).curve(back - 0.8, (base + ankleY) / 2, back - 0.3, ankleY).path(), width * 1.2, width),
    tone,
  );
  if (random.chance(0.6)) {
    const high = base - random.uniform(2.5, 4.5);
    const counter = new Pen(back + 0.6, base)
      .curve(back - 0.2, high + 1, back, high)
      .curve(back - 2.5, high + 0.5, back - 6, base);
    canvas.add(counter.path(), tone * 0.9);
  }
  const hang = random.uniform(0.8, 2.2);
  const around = new Pen(back, ankleY + 0.2).curve((ankleX + back) / 2, ankleY + hang, ankleX, ankleY + 0.3);
  canvas.add(band(around.path(), width), tone);
  canvas.paint(ellipse((ankleX + back) / 2, ankleY + hang * 0.6, 0.8, 0.8), contrastTo(tone, random));
}

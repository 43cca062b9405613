/** What boots and sandals stand on, seen from the side with the toe to the left: a sole that rises to the heel. */
import type { RandomStream } from "../random-stream.ts";
import type { Canvas } from "./canvas.ts";
import { band, Pen, type Path } from "./path.ts";

export type HeelShape = "flat" | "block" | "stiletto" | "wedge";

/** A sole: where it touches the ground, and how far it rises below the heel. Lengths in pixels. */
export interface Sole {
  readonly shape: HeelShape;
  readonly toe: number;
  /** Where the sole leaves the ground below the ball of the foot. */
  readonly ball: number;
  readonly heel: number;
  readonly ground: number;
  readonly thickness: number;
  readonly rise: number;
}

/** Top of the sole at a place between the toe and the heel. */
export function footbed(sole: Sole, x: number): number {
  const share = Math.min(Math.max((x - sole.ball) / (sole.heel - 4 - sole.ball), 0), 1);
  return sole.ground - sole.thickness - sole.rise * share * share * (3 - 2 * share);
}

/** The line along the top of the sole from one place to another. */
export function footbedLine(sole: Sole, from: number, to: number): number[] {
  const points: number[] = [];
  for (let step = 0; step <= 8; step++) {
    const x = from + ((to - from) * step) / 8;
    points.push(x, footbed(sole, x));
  }
  return points;
}

/** Paints the sole and its heel. */
export function drawSole(canvas: Canvas, random: RandomStream, sole: Sole, tone: number): void {
  const line = footbedLine(sole, sole.toe, sole.heel).map((value, at) =>
    at % 2 === 0 ? value : value + sole.thickness / 2,
  );
  canvas.add(band(line, sole.thickness), tone);
  if (sole.rise < 0.3) return;
  canvas.add(heelPaths[sole.shape](sole, random), sole.shape === "wedge" ? tone * 0.8 : tone);
}

const heelPaths: Readonly<Record<HeelShape, (sole: Sole, random: RandomStream) => Path>> = {
  flat: (sole) => blockHeel(sole, 7, 7),
  block: (sole, random) => blockHeel(sole, random.uniform(5, 6.5), random.uniform(4, 5.5)),
  stiletto: (sole, random) => blockHeel(sole, random.uniform(4, 5), random.uniform(1.1, 1.7)),
  wedge: (sole) => [
    ...footbedLine(sole, sole.ball - 2, sole.heel),
    sole.heel - 0.6,
    sole.ground,
    sole.ball - 2,
    sole.ground,
  ],
};

/** A heel of one width below the foot and another on the ground. */
function blockHeel(sole: Sole, topWidth: number, bottomWidth: number): Path {
  const back = sole.heel - 0.3;
  const top = footbed(sole, back) + sole.thickness * 0.5;
  return new Pen(back - topWidth, top + 0.4)
    .line(back, top)
    .curve(back - 0.6, (top + sole.ground) / 2, back - 0.5, sole.ground)
    .line(back - 0.5 - bottomWidth, sole.ground)
    .curve(back - 0.7 - bottomWidth, (top + sole.ground) / 2, back - topWidth, top + 0.4)
    .path();
}

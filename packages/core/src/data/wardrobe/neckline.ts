/** Necklines, collars and hoods: how a garment ends at the neck. */
import type { RandomStream } from "../random-stream.ts";
import type { Canvas } from "./canvas.ts";
import type { Fabric } from "./fabric.ts";
import { band, centre, ellipse, Pen, type Path } from "./path.ts";
import type { Torso } from "./upper-body.ts";

/** A neckline's depth in pixels below the neck points, and its shape. */
export interface Neckline {
  readonly shape: "round" | "v" | "square";
  readonly depth: number;
}

/** Cuts the neckline, with the inside of the garment's back showing, and a border along its edge. */
export function drawNeckline(canvas: Canvas, torso: Torso, cloth: Fabric, neckline: Neckline, border: number): void {
  const edge = necklineEdge(torso, neckline);
  canvas.paint(edge, cloth.tone * 0.45);
  canvas.erase(ellipse(centre, torso.neckY - 0.3, torso.neckHalf - 0.4, Math.min(neckline.depth * 0.45, 1.3)));
  canvas.paint(band(edge, 1), border, 0.7);
}

function necklineEdge(torso: Torso, { shape, depth }: Neckline): Path {
  const half = torso.neckHalf;
  const top = torso.neckY - 0.4;
  if (shape === "v")
    return new Pen(half, top)
      .line(half * 0.5, top + depth * 0.55)
      .line(0, top + depth)
      .mirrored();
  if (shape === "square")
    return new Pen(half, top)
      .line(half * 0.9, top + depth)
      .line(0, top + depth)
      .mirrored();
  return new Pen(half, top).curve(half * 0.95, top + depth, 0, top + depth).mirrored();
}

/** A shirt collar: a stand behind the neck and two pointed leaves that meet at the front. */
export function drawCollar(canvas: Canvas, random: RandomStream, torso: Torso, tone: number): void {
  const half = torso.neckHalf + 0.3;
  const top = torso.neckY - 0.9;
  const meet = top + random.uniform(2.2, 3.2);
  const point = meet + random.uniform(0.8, 2);
  canvas.add(
    new Pen(half, top)
      .line(half * 0.8, meet)
      .line(0, meet + 0.3)
      .mirrored(),
    tone * 0.5,
  );
  canvas.add(
    new Pen(half * 0.9, top)
      .line(half * 0.8, top + 1)
      .line(0, top + 1.1)
      .mirrored(),
    tone * 0.85,
  );
  for (const side of [1, -1] as const) {
    const leaf = new Pen(half * 0.75, top)
      .line(half + 0.6, top + 1.4)
      .line(half * 0.95, point)
      .line(0.1, meet)
      .onSide(side);
    canvas.add(leaf, tone);
    canvas.tone(
      band(
        new Pen(half + 0.6, top + 1.4)
          .line(half * 0.95, point)
          .line(0.1, meet)
          .onSide(side),
        0.7,
      ),
      0.5,
    );
  }
}

/** The lapels of a coat or jacket, over a dark V. */
export function drawLapels(canvas: Canvas, random: RandomStream, torso: Torso, tone: number): number {
  const half = torso.neckHalf;
  const top = torso.neckY - 0.3;
  const close = top + random.uniform(7, 12);
  const width = random.uniform(2.2, 3.4);
  canvas.paint(new Pen(half, top).line(0, close).mirrored(), tone * 0.3);
  canvas.erase(ellipse(centre, top - 0.3, half - 0.5, 1.2));
  for (const side of [1, -1] as const) {
    const lapel = new Pen(half - 0.6, top)
      .line(half + width, top + width * 0.8)
      .line(half + width * 0.75, top + width * 1.2)
      .line(half + width * 0.95, top + width * 1.5)
      .line(0, close)
      .onSide(side);
    canvas.paint(lapel, tone);
    canvas.tone(band(new Pen(half + width * 0.95, top + width * 1.5).line(0, close).onSide(side), 0.8), 0.55);
    canvas.tone(
      band(new Pen(half + width * 0.75, top + width * 1.2).line(half - 0.2, top + width).onSide(side), 0.6),
      0.6,
    );
  }
  return close;
}

/** A hood lying behind the neck and along its sides. */
export function drawHood(canvas: Canvas, random: RandomStream, torso: Torso, tone: number, lining: number): void {
  const half = torso.neckHalf + random.uniform(1, 2);
  const top = torso.neckY - 1.2;
  const depth = random.uniform(4, 5.5);
  canvas.add(
    new Pen(half * 0.6, top)
      .curve(half * 1.2, top + 0.6, half, top + 3)
      .line(0, top + depth)
      .mirrored(),
    tone,
  );
  canvas.paint(ellipse(centre, top + depth * 0.45, half * 0.55, depth * 0.36), lining);
  canvas.tone(band(new Pen(half, top + 3).curve(half * 0.6, top + depth, 0, top + depth).mirrored(), 0.8), 0.6);
}

/** A ribbed or rolled collar that stands around the neck. */
export function drawStandCollar(canvas: Canvas, random: RandomStream, torso: Torso, tone: number): void {
  const half = torso.neckHalf;
  const top = torso.neckY - random.uniform(0.8, 1.6);
  const bottom = torso.neckY + random.uniform(1.4, 2.4);
  canvas.add(
    new Pen(half * 0.9, top)
      .curve(half, bottom - 1, half + 0.7, bottom)
      .line(0, bottom + 0.8)
      .mirrored(),
    tone,
  );
  canvas.paint(ellipse(centre, top + 0.3, half * 0.75, 0.6), tone * 0.4);
  const fold = new Pen(half + 0.7, bottom).curve(half * 0.5, bottom + 0.8, 0, bottom + 0.8).mirrored();
  canvas.tone(band(fold, 0.8), 0.65);
}

import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";
import { fabric, type Fabric } from "../fabric.ts";
import { light, pose } from "../finish.ts";
import { band, centre, ellipse, Pen, rectangle, roundedRectangle, type Path } from "../path.ts";
import type { Garment } from "./garment.ts";

/** The body of a bag, in pixels. */
interface Body {
  readonly topHalf: number;
  readonly bottomHalf: number;
  readonly topY: number;
  readonly bottomY: number;
  /** Radius of the lower corners. */
  readonly radius: number;
}

/** Bag: handbag, tote, satchel, shoulder bag, duffel or clutch. */
export const bag: Garment = (canvas, random) => {
  canvas.clear(pose(random, { turn: 0.01, smallest: 0.97, lean: 0.03 }));
  const cloth = fabric(random, {
    plain: 10,
    heather: 2,
    print: 1,
    dots: 0.4,
    checks: 0.6,
    stripes: 0.5,
    block: 0.4,
    knit: 0.6,
  });
  random.pick(kinds)(canvas, random, cloth);
  light(canvas, random, 0.3);
};

type Kind = (canvas: Canvas, random: RandomStream, cloth: Fabric) => void;

function bodyPath({ topHalf, bottomHalf, topY, bottomY, radius }: Body): Path {
  return new Pen(0, topY)
    .line(topHalf - 0.5, topY)
    .curve(topHalf, topY, topHalf, topY + 0.6)
    .line(bottomHalf, bottomY - radius)
    .curve(bottomHalf, bottomY, bottomHalf - radius, bottomY)
    .line(0, bottomY)
    .mirrored();
}

/** A handle that rises from two points of the top edge; `square` bends it at its corners. */
function handle(half: number, baseY: number, topY: number, square: boolean): Path {
  if (square)
    return new Pen(half, baseY)
      .line(half * 0.92, topY + 1.5)
      .curve(half * 0.9, topY, half * 0.5, topY)
      .line(0, topY)
      .mirrored();
  return new Pen(half, baseY).curve(half * 1.05, topY, 0, topY).mirrored();
}

/** A handbag with two stiff handles. */
const handbag: Kind = (canvas, random, cloth) => {
  const topY = random.uniform(8.5, 12.5);
  const bottomHalf = random.uniform(11.5, 13.3);
  const body = {
    topHalf: bottomHalf * random.uniform(0.75, 1),
    bottomHalf,
    topY,
    bottomY: 27.2,
    radius: random.uniform(1, 3),
  };
  const half = random.uniform(4.4, 7);
  const line = handle(half, topY + 2.5, random.uniform(0.9, 2), random.chance(0.3));
  const width = random.uniform(1.1, 1.8);
  canvas.add(
    band(
      line.map((value, at) => value + (at % 2 === 0 ? 0.8 : 0.9)),
      width,
    ),
    cloth.tone * 0.6,
  );
  canvas.add(bodyPath(body), cloth.shade);
  canvas.add(band(line, width), Math.min(cloth.tone * random.uniform(0.8, 1.1), 250));
  canvas.tone(band([0, topY + 1.4, 28, topY + 1.4], 0.8), random.uniform(0.5, 0.8));
  random.pick([drawFrontPocket, drawClasp, drawBuckles, drawSides])(canvas, random, body, cloth);
};

/** A tall bag that is open at the top, on long soft handles. */
const tote: Kind = (canvas, random, cloth) => {
  const topY = random.uniform(10.5, 13.5);
  const topHalf = random.uniform(8.5, 12);
  const body = {
    topHalf,
    bottomHalf: topHalf * random.uniform(0.8, 1),
    topY,
    bottomY: 27.2,
    radius: random.uniform(0.6, 1.6),
  };
  const width = random.uniform(0.9, 1.4);
  const line = handle(random.uniform(3.2, 5), topY + 1.5, random.uniform(0.8, 1.6), false);
  canvas.add(
    band(
      line.map((value, at) => (at % 2 === 0 ? value + 0.9 : value + 0.6)),
      width,
    ),
    cloth.tone * 0.6,
  );
  canvas.add(bodyPath(body), cloth.shade);
  canvas.add(band(line, width), cloth.tone * 0.85);
  canvas.tone(band([0, topY + 0.9, 28, topY + 0.9], 0.9), 0.6);
  if (random.chance(0.5))
    canvas.paint(ellipse(centre, (topY + 27) / 2, random.uniform(2, 4), random.uniform(1.5, 3)), cloth.contrast, 0.8);
};

/** A bag with a flap over its front and a shoulder strap or a short handle. */
const satchel: Kind = (canvas, random, cloth) => {
  const topY = random.uniform(6, 9.5);
  const half = random.uniform(11.5, 13.2);
  const body = {
    topHalf: half * random.uniform(0.9, 1),
    bottomHalf: half,
    topY,
    bottomY: random.uniform(24, 26.8),
    radius: random.uniform(1, 3),
  };
  const strap = random.chance(0.5)
    ? handle(random.uniform(3, 5), topY + 1, topY - 4, true)
    : handle(half - 0.4, topY + 5, 0.9, false);
  canvas.add(band(strap, random.uniform(0.9, 1.5)), cloth.tone * 0.8);
  canvas.add(bodyPath(body), cloth.shade);
  const low = topY + (body.bottomY - topY) * random.uniform(0.45, 0.7);
  const pointed = random.chance(0.4);
  const flap = pointed
    ? new Pen(0, topY)
        .line(half, topY)
        .line(half, topY + 2)
        .line(0, low + 1.5)
        .mirrored()
    : new Pen(0, topY)
        .line(half, topY)
        .line(half, low - 2)
        .curve(half, low, half - 2.5, low)
        .line(0, low)
        .mirrored();
  if (random.chance(0.35)) canvas.paint(flap, cloth.contrast);
  canvas.tone(band([...flap, ...flap.slice(0, 2)], 0.9), 0.5);
  canvas.paint(rectangle(centre - 1, low - 0.6, centre + 1, low + 1.2), cloth.contrast);
};

/** A small bag that hangs from a long chain or strap. */
const shoulderBag: Kind = (canvas, random, cloth) => {
  const topY = random.uniform(13.5, 16.5);
  const half = random.uniform(7.5, 11.5);
  const body = {
    topHalf: half * random.uniform(0.85, 1),
    bottomHalf: half,
    topY,
    bottomY: 27.2,
    radius: random.uniform(1, 4),
  };
  const peak = new Pen(half * random.uniform(0.75, 0.95), topY + 1)
    .curve(half * 0.7, 3, random.uniform(1, 3), 0.9)
    .line(0, 0.9)
    .mirrored();
  canvas.add(band(peak, random.uniform(0.8, 1.3)), cloth.tone * random.uniform(0.7, 1));
  canvas.add(bodyPath(body), cloth.shade);
  const low = topY + random.uniform(4, 7.5);
  canvas.tone(band(new Pen(half + 1, topY + 0.5).curve(half * 0.6, low, 0, low).mirrored(), 0.9), 0.55);
  canvas.paint(ellipse(centre, low, 1.1, 1.1), cloth.contrast);
};

/** A long round bag with a zip and a pair of handles. */
const duffel: Kind = (canvas, random, cloth) => {
  const topY = random.uniform(9.5, 12);
  const bottomY = random.uniform(23, 25.5);
  const line = handle(random.uniform(4.5, 6), topY + 4, topY - random.uniform(4, 6), random.chance(0.5));
  canvas.add(band(line, 1.2), cloth.tone * 0.75);
  const body = roundedRectangle(0.8, topY, 27.2, bottomY, random.uniform(3.5, 6));
  canvas.add(body, cloth.shade);
  canvas.tone(band([2, topY + 1.6, 26, topY + 1.6], 0.8), 0.5);
  for (const side of [1, -1]) {
    const x = centre + side * random.uniform(4.6, 5.6);
    canvas.paint(band([x, topY, x, bottomY], 1.4), cloth.contrast, 0.85);
  }
};

/** A flat bag without handles. */
const clutch: Kind = (canvas, random, cloth) => {
  const halfHeight = random.uniform(6.5, 9.5);
  const body = roundedRectangle(0.8, centre - halfHeight, 27.2, centre + halfHeight, random.uniform(0.6, 2.5));
  canvas.add(body, cloth.shade);
  const kind = random.uniform(0, 1);
  const low = centre + halfHeight * random.uniform(-0.3, 0.6);
  if (kind < 0.4) {
    canvas.tone(band(new Pen(14, centre - halfHeight).line(0, low).mirrored(), 0.9), 0.5);
    canvas.paint(ellipse(centre, low, 1.1, 1.1), cloth.contrast);
  } else if (kind < 0.75) {
    canvas.tone(band([0, centre - halfHeight + 1.8, 28, centre - halfHeight + 1.8], 0.9), 0.5);
    canvas.add(
      band(new Pen(25.8, centre - halfHeight + 1).curve(29, centre, 25, centre + halfHeight * 0.7).path(), 0.9),
      cloth.contrast,
    );
  } else {
    canvas.tone(band([0, low, 28, low], 0.9), 0.55);
    canvas.paint(rectangle(centre - 2, centre - halfHeight, centre + 2, centre - halfHeight + 1.4), cloth.contrast);
  }
};

const kinds = [handbag, handbag, handbag, tote, satchel, satchel, shoulderBag, duffel, clutch] as const;

type Front = (canvas: Canvas, random: RandomStream, body: Body, cloth: Fabric) => void;

const drawFrontPocket: Front = (canvas, random, { topY, bottomY, bottomHalf }) => {
  const half = bottomHalf * random.uniform(0.5, 0.7);
  const pocket = roundedRectangle(centre - half, topY + (bottomY - topY) * 0.42, centre + half, bottomY - 1.6, 1);
  canvas.tone(pocket, 0.88);
  canvas.tone(band([...pocket, ...pocket.slice(0, 2)], 0.8), 0.6);
};

const drawClasp: Front = (canvas, random, { topY }, cloth) => {
  const low = topY + random.uniform(4, 6);
  canvas.tone(rectangle(centre - 1.6, topY, centre + 1.6, low), 0.7);
  canvas.paint(ellipse(centre, low, 1.2, 1.1), cloth.contrast);
};

const drawBuckles: Front = (canvas, random, { topY, bottomY }, cloth) => {
  const x = random.uniform(5, 7);
  for (const side of [1, -1]) {
    canvas.tone(band([centre + side * x, topY, centre + side * x, bottomY], 1.6), 0.65);
    canvas.paint(rectangle(centre + side * x - 0.8, topY + 4, centre + side * x + 0.8, topY + 5.4), cloth.contrast);
  }
};

/** The folded-in sides of a structured bag. */
const drawSides: Front = (canvas, random, { topY, bottomY, topHalf, bottomHalf }) => {
  const inner = random.uniform(0.55, 0.7);
  for (const side of [1, -1] as const) {
    const wing = new Pen(topHalf + 1, topY)
      .line(topHalf * inner, topY)
      .line(bottomHalf * 0.9, bottomY)
      .line(bottomHalf + 1, bottomY);
    canvas.tone(wing.onSide(side), 0.7);
  }
};

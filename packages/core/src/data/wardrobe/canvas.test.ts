import { describe, expect, it } from "vitest";
import { Canvas, imageSize, type Pose } from "./canvas.ts";
import { band, ellipse, Pen, rectangle, roundedRectangle, type Path } from "./path.ts";
import { direction } from "./trigonometry.ts";

const upright: Pose = { xx: 1, xy: 0, dx: 0, yx: 0, yy: 1, dy: 0 };

function draw(use: (canvas: Canvas) => void, pose = upright): Uint8Array {
  const canvas = new Canvas();
  canvas.clear(pose);
  use(canvas);
  const bytes = new Uint8Array(imageSize * imageSize);
  canvas.write(bytes, 0);
  return bytes;
}

const at = (image: Uint8Array, x: number, y: number): number => image[y * imageSize + x] ?? -1;

/** Pixels covered, in all. */
const areaOf = (path: Path, pose = upright): number =>
  draw((canvas) => canvas.add(path, 255), pose).reduce((sum, grey) => sum + grey, 0) / 255;

/** The shoelace formula. */
function polygonArea(path: Path): number {
  let twice = 0;
  for (let i = 0; i < path.length; i += 2) {
    const j = (i + 2) % path.length;
    twice += (path[i] ?? 0) * (path[j + 1] ?? 0) - (path[j] ?? 0) * (path[i + 1] ?? 0);
  }
  return Math.abs(twice) / 2;
}

describe("coverage", () => {
  it("is exact for a rectangle between the pixels", () => {
    const image = draw((canvas) => canvas.add(rectangle(2.25, 3.5, 5.5, 5), 200));
    expect([1, 2, 3, 4, 5, 6].map((x) => at(image, x, 3))).toEqual([0, 75, 100, 100, 50, 0]);
    expect([1, 2, 3, 4, 5, 6].map((x) => at(image, x, 4))).toEqual([0, 150, 200, 200, 100, 0]);
    expect(at(image, 3, 2) + at(image, 3, 5)).toBe(0);
  });

  it("is exact for slanted edges, whichever way the outline runs", () => {
    const [triangle, backwards]: [Path, Path] = [
      [4, 4, 8, 4, 4, 8],
      [4, 8, 8, 4, 4, 4],
    ];
    const halfPixel = draw((canvas) => canvas.add(triangle, 200));
    expect([at(halfPixel, 4, 4), at(halfPixel, 7, 4), at(halfPixel, 5, 6), at(halfPixel, 7, 7)]).toEqual([
      200, 100, 100, 0,
    ]);
    expect(draw((canvas) => canvas.add(backwards, 200))).toEqual(halfPixel);
  });

  it.each<[string, Path]>([
    ["an ellipse", ellipse(13.3, 14.7, 7.2, 4.1)],
    ["a rounded rectangle", roundedRectangle(3.3, 4.1, 20.2, 17.7, 3)],
    ["a curved outline", new Pen(4, 4).curve(14, 1, 24, 5).line(22, 20.5).curve(14, 24, 5.5, 21).path()],
    ["a thin slanted band", band([3, 4, 25, 21], 0.4)],
  ])("adds up to the area of %s", (_, path) => {
    // Rounding to bytes moves each border pixel by at most 1/510.
    expect(Math.abs(areaOf(path) - polygonArea(path))).toBeLessThan(0.15);
  });

  it("does not depend on what lies outside of the image", () => {
    expect(areaOf(rectangle(-50, -50, 14, 99))).toBe(14 * 28);
    expect(areaOf(rectangle(20, 20, 99, 99))).toBe(64);
    expect(areaOf(rectangle(-9, 5, -2, 9)) + areaOf(rectangle(30, 5, 40, 9)) + areaOf(rectangle(5, 30, 9, 40))).toBe(0);
  });
});

describe("painting", () => {
  it("turns with the pose, and shows the shade at the garment's own coordinates", () => {
    const { cos, sin } = direction(0.25);
    const quarter: Pose = { xx: cos, xy: -sin, dx: 28, yx: sin, yy: cos, dy: 0 };
    const image = draw((canvas) => canvas.add(rectangle(0, 0, 28, 4), (x) => x * 9 + 0.2), quarter);
    expect([at(image, 26, 0), at(image, 26, 10), at(image, 26, 27), at(image, 10, 10)]).toEqual([5, 95, 248, 0]);
  });

  it("prints and tones reach no further than the garment", () => {
    const image = draw((canvas) => {
      canvas.add(rectangle(5, 5, 10, 10), 100);
      canvas.paint(rectangle(8, 0, 28, 28), 250);
      canvas.tone(rectangle(0, 8, 28, 28), 0.5);
      canvas.light((x) => (x < 6 ? 1.1 : 1));
    });
    expect([at(image, 5, 5), at(image, 6, 5), at(image, 8, 5), at(image, 6, 8), at(image, 9, 9)]).toEqual([
      110, 100, 250, 50, 125,
    ]);
    expect(at(image, 12, 6) + at(image, 4, 9)).toBe(0);
  });

  it("mixes with the given opacity, and clips to 0 … 255", () => {
    const image = draw((canvas) => {
      canvas.add(rectangle(0, 0, 28, 28), 100);
      canvas.paint(rectangle(0, 0, 5, 28), 200, 0.25);
      canvas.tone(rectangle(10, 0, 15, 28), 9);
    });
    expect([at(image, 2, 2), at(image, 7, 2), at(image, 12, 2)]).toEqual([125, 100, 255]);
  });

  it("cuts holes that later prints do not fill", () => {
    const image = draw((canvas) => {
      canvas.add(rectangle(0, 0, 28, 28), 100);
      canvas.erase(rectangle(4, 4, 8, 8));
      canvas.paint(rectangle(0, 0, 28, 28), 200);
    });
    expect([at(image, 3, 3), at(image, 5, 5)]).toEqual([200, 0]);
  });

  it("starts again from black", () => {
    const canvas = new Canvas();
    canvas.clear(upright);
    canvas.add(rectangle(0, 0, 28, 28), 255);
    canvas.clear(upright);
    canvas.paint(rectangle(0, 0, 28, 28), 255);
    const bytes = new Uint8Array(784).fill(7);
    canvas.write(bytes, 0);
    expect(bytes).toEqual(new Uint8Array(784));
  });
});

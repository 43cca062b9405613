import { describe, expect, it } from "vitest";
import { wardrobe, wardrobeClassNames, type Wardrobe } from "./index.ts";

const pixels = 784;

/** SHA-256 of the first 200 images of seed 7: the same on every machine, and changed by any change to a drawing. */
const pinned = "87c671bde5046f68e49a08e9c61e311d68af277ec1858ba4797d23cf0c0ef2ee";

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

const imageOf = ({ images }: Wardrobe, index: number): Uint8Array =>
  images.subarray(index * pixels, (index + 1) * pixels);

/** Mean image of every class. */
function centroids({ images, labels }: Wardrobe): Float64Array[] {
  const sums = wardrobeClassNames.map(() => new Float64Array(pixels));
  const counts = wardrobeClassNames.map(() => 0);
  labels.forEach((label, index) => {
    counts[label] = (counts[label] ?? 0) + 1;
    const sum = sums[label] ?? new Float64Array(pixels);
    for (let pixel = 0; pixel < pixels; pixel++) {
      sum[pixel] = (sum[pixel] ?? 0) + (images[index * pixels + pixel] ?? 0);
    }
  });
  return sums.map((sum, label) => sum.map((value) => value / (counts[label] ?? 1)));
}

function distance(image: Uint8Array, centroid: Float64Array): number {
  return image.reduce((sum, grey, pixel) => sum + (grey - (centroid[pixel] ?? 0)) ** 2, 0);
}

describe("reproducibility", () => {
  it("gives the same bytes on every machine", async () => {
    expect(await sha256(wardrobe({ count: 200, seed: 7 }).images)).toBe(pinned);
  });

  it("makes 100 images the prefix of 250", () => {
    const few = wardrobe({ count: 103, seed: 3 });
    const many = wardrobe({ count: 250, seed: 3 });
    expect(many.images.subarray(0, few.images.length)).toEqual(few.images);
    expect(many.labels.subarray(0, few.labels.length)).toEqual(few.labels);
  });

  it("makes other images for another seed, and never one twice", () => {
    const [one, other] = [wardrobe({ count: 500, seed: 1 }), wardrobe({ count: 500, seed: 2 })];
    const distinct = new Set(
      [one, other].flatMap((set) => Array.from({ length: 500 }, (_, i) => imageOf(set, i).join())),
    );
    expect(distinct.size).toBe(1000);
  });
});

describe("content", () => {
  const set = wardrobe({ count: 2000, seed: 11 });

  it("is balanced, in shuffled order", () => {
    for (let label = 0; label < 10; label++) expect(set.labels.filter((value) => value === label)).toHaveLength(200);
    expect(set.labels.subarray(0, 10)).not.toEqual(set.labels.subarray(10, 20));
    expect(set.shape).toEqual([28, 28, 1]);
    expect(set.classNames[9]).toBe("Ankle boot");
  });

  it("has about Fashion-MNIST's mean grey value (72.9) and standard deviation (90.0)", () => {
    const mean = set.images.reduce((sum, grey) => sum + grey, 0) / set.images.length;
    const variance = set.images.reduce((sum, grey) => sum + (grey - mean) ** 2, 0) / set.images.length;
    expect(mean).toBeGreaterThan(62);
    expect(mean).toBeLessThan(80);
    expect(Math.sqrt(variance)).toBeGreaterThan(80);
    expect(Math.sqrt(variance)).toBeLessThan(98);
  });

  it("shows every garment large, in the middle, and light on black", () => {
    for (let index = 0; index < 2000; index++) {
      const image = imageOf(set, index);
      const name = `image ${index}, ${set.classNames[set.labels[index] ?? 0]}`;
      const corners = [0, 27, 27 * 28, 783].filter((pixel) => image[pixel] === 0).length;
      expect(corners, `black corners of ${name}`).toBeGreaterThanOrEqual(1);
      const covered = image.reduce((count, grey) => count + (grey > 20 ? 1 : 0), 0);
      expect(covered, `pixels of ${name}`).toBeGreaterThan(60);
      expect(Math.max(...image), `brightest pixel of ${name}`).toBeGreaterThan(50);
      const columns = Array.from({ length: 28 }, (_, x) => x).filter((x) =>
        image.some((grey, at) => at % 28 === x && grey > 20),
      );
      const middle = ((columns[0] ?? 0) + (columns.at(-1) ?? 0)) / 2;
      expect(Math.abs(middle - 13.5), `middle of ${name}`).toBeLessThan(3);
    }
  });

  it("has classes that differ: the nearest mean image of other drawings names most of them", () => {
    const means = centroids(wardrobe({ count: 2000, seed: 12 }));
    const right = wardrobeClassNames.map(() => 0);
    set.labels.forEach((label, index) => {
      const distances = means.map((mean) => distance(imageOf(set, index), mean));
      if (distances.indexOf(Math.min(...distances)) === label) right[label] = (right[label] ?? 0) + 1 / 200;
    });
    // The same classifier names 67 % of Fashion-MNIST; chance is 10 %.
    expect(right.reduce((sum, share) => sum + share, 0) / 10).toBeGreaterThan(0.67);
    for (const [label, share] of right.entries()) expect(share, wardrobeClassNames[label]).toBeGreaterThan(0.35);
  });

  it("varies within each class as clothes do", () => {
    const means = centroids(set);
    for (const [label, mean] of means.entries()) {
      const distances = Array.from(set.labels.keys(), (index) => index)
        .filter((index) => set.labels[index] === label)
        .map((index) => Math.sqrt(distance(imageOf(set, index), mean) / pixels));
      const typical = distances.reduce((sum, value) => sum + value, 0) / distances.length;
      expect(typical, `grey values between a ${wardrobeClassNames[label]} and the mean one`).toBeGreaterThan(30);
    }
  });
});

describe("options", () => {
  it("draws only the classes asked for", () => {
    const { labels } = wardrobe({ count: 30, seed: 1, classes: [7, 2] });
    expect([2, 7].map((label) => labels.filter((value) => value === label).length)).toEqual([15, 15]);
  });

  it("draws none", () => {
    expect(wardrobe({ count: 0 }).images).toHaveLength(0);
  });

  it("refuses what it cannot draw", () => {
    expect(() => wardrobe({ count: -1 })).toThrow(/-1 came as count/);
    expect(() => wardrobe({ count: 1.5 })).toThrow(/1.5 came as count/);
    expect(() => wardrobe({ count: 1, classes: [] })).toThrow(/at least one class/);
    expect(() => wardrobe({ count: 1, classes: [3, 10] })).toThrow(/no class 10; it has 0 T-shirt\/top, 1 Trouser,/);
    expect(() => wardrobe({ count: 1, seed: -3 })).toThrow(/seed must be an integer from 0.*-3 came/);
  });
});

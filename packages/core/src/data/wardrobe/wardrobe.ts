/**
 * The built-in data set: Fashion-MNIST's ten classes of clothing, drawn by the program. It needs no network and no licence, has
 * as many images as asked for, and is the same on every machine.
 */
import { RandomStream } from "../random-stream.ts";
import { Canvas, imageSize } from "./canvas.ts";
import {
  ankleBoot,
  bag,
  coat,
  dress,
  pullover,
  sandal,
  shirt,
  sneaker,
  trouser,
  tShirt,
  type Garment,
} from "./garments/index.ts";

/** The ten classes, in Fashion-MNIST's order: a label is a place in this list. */
const garments: readonly (readonly [name: string, draw: Garment])[] = [
  ["T-shirt/top", tShirt],
  ["Trouser", trouser],
  ["Pullover", pullover],
  ["Dress", dress],
  ["Coat", coat],
  ["Sandal", sandal],
  ["Shirt", shirt],
  ["Sneaker", sneaker],
  ["Bag", bag],
  ["Ankle boot", ankleBoot],
];

/** Names of the ten classes; a label is an index into them. */
export const wardrobeClassNames: readonly string[] = garments.map(([name]) => name);

export interface WardrobeOptions {
  /** How many images. */
  readonly count: number;
  /** The same seed gives the same images; default 0. */
  readonly seed?: number;
  /** The labels to draw, 0 to 9; all ten by default. */
  readonly classes?: readonly number[];
}

export interface Wardrobe {
  /** Grey values, 28 × 28 bytes an image, 0 for the background. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** One label an image, an index into `classNames`. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** Shape of one image. */
  readonly shape: readonly [28, 28, 1];
  readonly classNames: readonly string[];
}

/**
 * Draws clothes. Image i depends on the seed, the classes and i alone: 100 images are the first 100 of 1,000. The classes are
 * balanced, each coming once in every ten images, in random order.
 *
 * @throws RangeError when the count, the seed or a class is out of range.
 * @example
 * const { images, labels, classNames } = wardrobe({ count: 10_000, seed: 1 });
 */
export function wardrobe({ count, seed = 0, classes = garments.map((_, label) => label) }: WardrobeOptions): Wardrobe {
  check(count, classes);
  const pixels = imageSize * imageSize;
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  const canvas = new Canvas();
  const order = new Uint8Array(classes.length);
  for (let index = 0; index < count; index++) {
    const place = index % classes.length;
    if (place === 0) {
      order.set(classes);
      // Streams of odd number shuffle, those of even number draw.
      new RandomStream(seed, 2 * (index / classes.length) + 1).shuffle(order);
    }
    const label = order[place] ?? 0;
    labels[index] = label;
    garments[label]?.[1](canvas, new RandomStream(seed, 2 * index));
    canvas.write(images, index * pixels);
  }
  return { images, labels, shape: [28, 28, 1], classNames: wardrobeClassNames };
}

/** Image and shuffling streams share 2³² numbers. */
const mostImages = 2 ** 31;

function check(count: number, classes: readonly number[]): void {
  if (!Number.isInteger(count) || count < 0 || count > mostImages) {
    throw new RangeError(`wardrobe draws from 0 to ${mostImages} images; ${count} came as count`);
  }
  if (classes.length === 0) throw new RangeError("wardrobe needs at least one class to draw; classes is empty");
  const unknown = classes.find((label) => garments[label] === undefined);
  if (unknown !== undefined) {
    const known = wardrobeClassNames.map((name, label) => `${label} ${name}`).join(", ");
    throw new RangeError(`wardrobe has no class ${unknown}; it has ${known}`);
  }
}

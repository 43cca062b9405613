/** The kinds of augmentation, in the order in which they change a sample: first where its pixels are, then their values. */
import type { Shape } from "../../graph/tensor-type.ts";
import {
  gaussianNoise,
  randomBrightness,
  randomContrast,
  randomCrop,
  randomErasing,
  randomFlip,
  randomRotation,
  randomShear,
  randomTranslation,
  randomZoom,
  resizing,
} from "../layers/index.ts";
import type { Layer } from "../layers/layer.ts";
import { oneOf, upTo } from "./amounts.ts";
import type { Amount, GivenAmount } from "./amounts.ts";

/** What samples an augmentation changes. */
export interface AugmentedSamples {
  readonly shape: Shape;
  /** The smallest and the largest value, to which colours are clipped. */
  readonly valueRange: readonly [low: number, high: number];
}

/** A kind whose amount is decided. */
export interface ChosenKind {
  readonly amount: number | string;
  /** Layers of Keras's that do it in training. */
  layers(samples: AugmentedSamples): readonly Layer[];
}

export interface AugmentationKind {
  /** What it does, in half a sentence. */
  readonly help: string;
  /** Which amounts there are, and the one that is taken where none is given. */
  readonly allowed: string;
  readonly default: number | string;
  /** Whether it changes images alone. */
  readonly needsImages: boolean;
  /** Whether it changes where pixels are, and leaves their values as they are. */
  readonly movesPixels: boolean;
  /** Whether it makes values that no sample has, so that they must be clipped to the range. */
  readonly leavesRange: boolean;
  /** The kind with an amount; undefined where it is none that is allowed. */
  choose(given: GivenAmount): ChosenKind | undefined;
}

interface KindDescription<T extends string | number> {
  readonly help: string;
  readonly amount: Amount<T>;
  readonly needsImages?: boolean;
  readonly movesPixels?: boolean;
  readonly leavesRange?: boolean;
  layers(amount: T, samples: AugmentedSamples): readonly Layer[];
}

function defineKind<T extends string | number>(description: KindDescription<T>): AugmentationKind {
  const { help, amount, needsImages = true, movesPixels = false, leavesRange = false, layers } = description;
  return {
    help,
    allowed: amount.allowed,
    default: amount.default,
    needsImages,
    movesPixels,
    leavesRange,
    choose(given) {
      const chosen = amount.read(given);
      return chosen === undefined ? undefined : { amount: chosen, layers: (samples) => layers(chosen, samples) };
    },
  };
}

/** The ways in which `flip` turns images over. */
export type FlipDirection = "horizontal" | "vertical" | "both";

const flipLeftRight = (): Layer => randomFlip("horizontal", { name: "flip_horizontal" });
const flipUpDown = (): Layer => randomFlip("vertical", { name: "flip_vertical" });
const FLIPS: Readonly<Record<FlipDirection, () => readonly Layer[]>> = {
  horizontal: () => [flipLeftRight()],
  vertical: () => [flipUpDown()],
  // Each by itself: Keras's mode of both flips along both axes or along none.
  both: () => [flipLeftRight(), flipUpDown()],
};

const shareOfSide = { unit: "a share of each side" };
const shareOfRange = { unit: "a share of the range of values" };

const KINDS = {
  crop: defineKind({
    help: "shows a part, whose sides are so much shorter, in full size",
    movesPixels: true,
    amount: upTo(0.9, { ...shareOfSide, default: 0.125 }),
    layers(amount, { shape: [height = 1, width = 1] }) {
      const part = (side: number): number => Math.max(1, Math.min(side - 1, Math.round(side * (1 - amount))));
      return [
        randomCrop(part(height), part(width), { name: "crop" }),
        resizing(height, width, { name: "crop_resize" }),
      ];
    },
  }),
  flip: defineKind<FlipDirection>({
    help: "turns every other image over",
    movesPixels: true,
    amount: oneOf(["horizontal", "vertical", "both"]),
    layers: (direction) => FLIPS[direction](),
  }),
  rotate: defineKind({
    help: "turns about the centre, up to so far in either direction",
    movesPixels: true,
    amount: upTo(180, { unit: "degrees", default: 15 }),
    layers: (degrees) => [randomRotation(degrees / 360, { name: "rotate" })],
  }),
  shear: defineKind({
    help: "slants rows and columns, up to so much in either direction",
    movesPixels: true,
    amount: upTo(1, { ...shareOfSide, default: 0.1 }),
    layers: (amount) => [randomShear(amount, amount, { name: "shear" })],
  }),
  zoom: defineKind({
    help: "shows up to so much more or less of it",
    movesPixels: true,
    amount: upTo(0.9, { ...shareOfSide, default: 0.1 }),
    layers: (amount) => [randomZoom(amount, null, { name: "zoom" })],
  }),
  shift: defineKind({
    help: "moves it up to so far in any direction",
    movesPixels: true,
    amount: upTo(1, { ...shareOfSide, default: 0.1 }),
    layers: (amount) => [randomTranslation(amount, amount, { name: "shift" })],
  }),
  brightness: defineKind({
    help: "makes it up to so much brighter or darker",
    amount: upTo(1, { ...shareOfRange, default: 0.2 }),
    layers: (amount, { valueRange }) => [randomBrightness(amount, { valueRange, name: "brightness" })],
  }),
  contrast: defineKind({
    help: "strengthens or weakens the contrast by up to so much",
    amount: upTo(1, { unit: "a share of the contrast", default: 0.2 }),
    layers: (amount, { valueRange }) => [randomContrast([amount, amount], { valueRange, name: "contrast" })],
  }),
  noise: defineKind({
    help: "adds normal noise",
    amount: upTo(1, { unit: "a standard deviation", default: 0.05 }),
    needsImages: false,
    leavesRange: true,
    layers: (deviation) => [gaussianNoise(deviation, { name: "noise" })],
  }),
  // T. DeVries, G. Taylor: Improved regularization of convolutional neural networks with cutout, 2017, with parts inside of the image.
  cutout: defineKind({
    help: "puts 0 in place of a part anywhere in it",
    amount: upTo(1, { ...shareOfSide, default: 0.25 }),
    layers: (side, { valueRange }) => [
      randomErasing([1, 1], { scale: [side ** 2, side ** 2], fillValue: 0, valueRange, name: "cutout" }),
    ],
  }),
  // Samples of a batch with one another, which no layer does: trainings mix what goes in.
  mixup: defineKind({
    help: "mixes samples with one another, the larger the more",
    amount: upTo(1, { unit: "alpha of the Beta distribution", default: 0.2 }),
    needsImages: false,
    layers: () => [],
  }),
} as const satisfies Readonly<Record<string, AugmentationKind>>;

export type AugmentationName = keyof typeof KINDS;

/** The kinds by name, for help and for the choice of them. */
export const augmentationKinds: Readonly<Record<AugmentationName, AugmentationKind>> = KINDS;

export const augmentationNames = Object.keys(KINDS) as readonly AugmentationName[];

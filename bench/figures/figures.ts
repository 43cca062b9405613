/** The figures that are compared, in the order of the table. */
import type { PublishedFigure } from "./figure.ts";

const GERON = "Géron 2022, chapter 17";
const KERAS_IO = "keras.io";

/** Fashion-MNIST as the book splits it: 55,000 images to train with, the last 5,000 to validate with. */
const BOOK = ["fashion-mnist", "--validation", "5000", "--batch-size", "32", "--optimizer", "nadam", "--loss", "mse"];
const LINEAR = ["--output-activation", "linear"];
/** 784-100-30-100-784 */
const STACKED = ["--units", "100", "--code", "30"];

export const figures: readonly PublishedFigure[] = [
  {
    id: "stacked",
    title: "784-100-30-100-784, 20 epochs",
    source: GERON,
    measure: "val_loss",
    published: 0.0132,
    train: ["train", ...BOOK, ...LINEAR, "--model", "deep", ...STACKED, "--epochs", "20"],
  },
  {
    id: "tied",
    title: "the same, tied weights, 10 epochs",
    source: GERON,
    measure: "val_loss",
    published: 0.0133,
    train: [
      ...["train", ...BOOK, ...LINEAR, "--model", "stacked", ...STACKED],
      ...["--tied", "--pretraining", "none", "--epochs", "10"],
    ],
  },
];

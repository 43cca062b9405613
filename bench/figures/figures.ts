/** The figures that are compared, in the order of the table. */
import type { PublishedFigure } from "./figure.ts";

const GERON = "Géron 2022, chapter 17";
const KERAS_IO = "keras.io";

/** Fashion-MNIST as the book splits it: 55,000 images to train with, the last 5,000 to validate with. */
const BOOK = ["fashion-mnist", "--validation", "5000", "--batch-size", "32", "--optimizer", "nadam", "--loss", "mse"];
const LINEAR = ["--output-activation", "linear"];
const SIGMOID = ["--output-activation", "sigmoid"];
/** 784-100-30-100-784 */
const STACKED = ["--units", "100", "--code", "30"];
/** 784-100-300-100-784 */
const SPARSE = ["--units", "100", "--code", "300", "--code-activation", "sigmoid"];
/** Keras's own network for MNIST, 28,353 parameters. */
const KERAS_CONV = ["--filters", "32,32", "--code", "0", "--upsampling", "transposed"];
const MNIST = ["mnist", "--validation", "test", "--batch-size", "128"];

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
  {
    id: "greedy",
    title: "the same, 10 epochs a layer, then 5 of fine-tuning",
    source: GERON,
    measure: "val_loss",
    published: 0.0133,
    train: [
      ...["train", ...BOOK, ...LINEAR, "--model", "stacked", ...STACKED],
      ...["--fine-tuning", "0.2", "--epochs", "25"],
    ],
  },
  {
    id: "conv-30",
    title: "convolutions, a code of 30 numbers, 10 epochs",
    source: `${GERON} (54,479 parameters)`,
    measure: "val_loss",
    published: 0.0121,
    train: [
      ...["train", ...BOOK, ...SIGMOID, "--model", "conv", "--code", "30"],
      ...["--filters", "16,24,32", "--decoder-filters", "24,16,8", "--epochs", "10"],
    ],
  },
  {
    id: "denoising-dropout",
    title: "denoising, dropout of one half, 10 epochs",
    source: `${GERON}, measured without noise`,
    measure: "val_clean_mse",
    published: 0.0166,
    train: [
      ...["train", ...BOOK, ...LINEAR, "--model", "denoising", "--architecture", "dense", "--units", "100"],
      ...["--code", "100", "--code-activation", "relu", "--noise", "dropout", "--noise-level", "0.5", "--epochs", "10"],
    ],
  },
  {
    id: "sparse-l1",
    title: "sparse, L1 of 1e-4, 300 units, 10 epochs",
    source: GERON,
    measure: "val_loss",
    published: 0.0111,
    train: [
      ...["train", ...BOOK, ...SIGMOID, "--model", "sparse", ...SPARSE],
      ...["--penalty", "l1", "--penalty-weight", "1e-4", "--epochs", "10"],
    ],
  },
  {
    id: "sparse-kl",
    title: "sparse, Kullback–Leibler, 300 units, 10 epochs",
    source: GERON,
    measure: "val_loss",
    published: 0.0099,
    train: [
      ...["train", ...BOOK, ...LINEAR, "--model", "sparse", ...SPARSE],
      ...["--penalty", "kl", "--target-activity", "0.1", "--penalty-weight", "0.00015625", "--epochs", "10"],
    ],
  },
  {
    id: "keras-conv",
    title: "convolutions, MNIST, 50 epochs",
    source: `${KERAS_IO} (28,353 parameters)`,
    measure: "val_loss",
    published: 0.0622,
    train: ["train", ...MNIST, "--model", "conv", ...KERAS_CONV, "--epochs", "50"],
  },
];

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
/** 784-400-20-400-784 */
const DENSE_VAE = ["--architecture", "dense", "--units", "400", "--code", "20"];
/** A larger learning rate, which falls to nothing. */
const FALLING = ["--preset", "best", "--learning-rate", "0.003"];
/** Keras's own network for MNIST, 28,353 parameters. */
const KERAS_CONV = ["--filters", "32,32", "--code", "0", "--upsampling", "transposed"];
const MNIST = ["mnist", "--validation", "test", "--batch-size", "128"];

/** Judged by 10,000 samples: the accuracy on real images of a classifier that learned from them alone. */
const JUDGED = {
  measure: "drawn.accuracy",
  largerIsBetter: true,
  others: {
    "Fréchet distance": "drawn.frechetDistance",
    "of as many real images": "real.frechetDistance",
    "accuracy with as many real images": "real.accuracy",
  },
  afterwards: ["judge", "RUN", "fashion-mnist"],
} as const;

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
      ["train", ...BOOK, ...LINEAR, "--model", "stacked", ...STACKED],
      ["--tied", "--pretraining", "none", "--epochs", "10"],
    ].flat(),
  },
  {
    id: "greedy",
    title: "the same, 10 epochs a layer, then 5 of fine-tuning",
    source: GERON,
    measure: "val_loss",
    published: 0.0133,
    train: [
      ["train", ...BOOK, ...LINEAR, "--model", "stacked", ...STACKED],
      ["--fine-tuning", "0.2", "--epochs", "25"],
    ].flat(),
  },
  {
    id: "conv-30",
    title: "convolutions, a code of 30 numbers, 10 epochs",
    source: `${GERON} (54,479 parameters)`,
    measure: "val_loss",
    published: 0.0121,
    train: [
      ["train", ...BOOK, ...SIGMOID, "--model", "conv", "--code", "30"],
      ["--filters", "16,24,32", "--decoder-filters", "24,16,8", "--epochs", "10"],
    ].flat(),
  },
  {
    id: "denoising-dropout",
    title: "denoising, dropout of one half, 10 epochs",
    source: `${GERON}, measured without noise`,
    measure: "val_clean_mse",
    published: 0.0166,
    train: [
      ["train", ...BOOK, ...LINEAR, "--model", "denoising", "--architecture", "dense", "--units", "100"],
      ["--code", "100", "--code-activation", "relu", "--noise", "dropout", "--noise-level", "0.5", "--epochs", "10"],
    ].flat(),
  },
  {
    id: "sparse-l1",
    title: "sparse, L1 of 1e-4, 300 units, 10 epochs",
    source: GERON,
    measure: "val_loss",
    published: 0.0111,
    train: [
      ["train", ...BOOK, ...SIGMOID, "--model", "sparse", ...SPARSE],
      ["--penalty", "l1", "--penalty-weight", "1e-4", "--epochs", "10"],
    ].flat(),
  },
  {
    id: "sparse-kl",
    title: "sparse, Kullback–Leibler, 300 units, 10 epochs",
    source: GERON,
    measure: "val_loss",
    published: 0.0099,
    train: [
      ["train", ...BOOK, ...LINEAR, "--model", "sparse", ...SPARSE],
      ["--penalty", "kl", "--target-activity", "0.1", "--penalty-weight", "0.00015625", "--epochs", "10"],
    ].flat(),
  },
  {
    id: "vae-10",
    title: "VAE 784-150-100-10, 25 epochs",
    source: GERON,
    measure: "val_loss",
    // The book adds a squared error, averaged over the values, and the divergence by their number; ours is in nats.
    conversion: { text: "(val_loss − 392 log π) / 784", convert: (nats) => (nats - 392 * Math.log(Math.PI)) / 784 },
    published: 0.0311,
    train: [
      ["train", "fashion-mnist", "--validation", "5000", "--batch-size", "128", "--optimizer", "nadam"],
      ["--model", "vae", "--architecture", "dense", "--units", "150,100", "--code", "10"],
      ["--loss", "mse", "--sigma", "0.70710678", "--epochs", "25"],
    ].flat(),
  },
  {
    id: "vae-20",
    title: "VAE 784-400-20, MNIST, 10 epochs",
    source: "PyTorch examples, near 105 nats, grey values",
    measure: "val_loss",
    published: 105,
    train: ["train", ...MNIST, "--model", "vae", ...DENSE_VAE, ...FALLING, "--epochs", "10"],
  },
  {
    id: "vae-20-binarized",
    title: "the same on binarized MNIST",
    source: "near 105 nats",
    measure: "val_loss",
    published: 105,
    train: ["train", ...MNIST, "--model", "vae", ...DENSE_VAE, ...FALLING, "--binarize", "draw", "--epochs", "10"],
  },
  {
    id: "vae-2",
    title: "convolutional VAE, a code of 2 numbers, MNIST, 30 epochs",
    source: `${KERAS_IO}: 140.15 + 6.80, in training, on 70,000 images; ours on 60,000`,
    measure: "loss",
    published: 146.95,
    train: [
      ["train", ...MNIST, "--model", "vae", "--filters", "32,64", "--downsampling", "strides"],
      ["--upsampling", "transposed", "--head-units", "16", "--code", "2", "--epochs", "30"],
      [...FALLING, "--warmup", "3"],
    ].flat(),
  },
  {
    id: "keras-conv",
    title: "convolutions, MNIST, 50 epochs",
    source: `${KERAS_IO} (28,353 parameters)`,
    measure: "val_loss",
    published: 0.0622,
    train: ["train", ...MNIST, "--model", "conv", ...KERAS_CONV, ...FALLING, "--epochs", "50"],
  },
  {
    id: "keras-denoising",
    title: "denoising of Gaussian noise (0.4), MNIST, 100 epochs",
    source: `${KERAS_IO} (28,353 parameters)`,
    measure: "val_loss",
    published: 0.0839,
    train: [
      ["train", ...MNIST, "--model", "denoising", ...KERAS_CONV],
      ["--noise", "gaussian", "--noise-level", "0.4", ...FALLING, "--epochs", "100"],
    ].flat(),
  },
  {
    id: "gan-conditional",
    title: "conditional DCGAN, Fashion-MNIST, 40 epochs",
    source: "asked: 75 % in 30 minutes on two cores",
    ...JUDGED,
    published: 0.75,
    train: ["train", "fashion-mnist", "--model", "gan", "--conditional", "--epochs", "40"],
  },
  {
    id: "vae-conditional",
    title: "conditional convolutional VAE, a code of 16 numbers, 20 epochs",
    source: "–",
    ...JUDGED,
    published: undefined,
    train: ["train", "fashion-mnist", "--model", "vae", "--conditional", "--code", "16", "--epochs", "20"],
  },
  {
    id: "vq-vae",
    title: "VQ-VAE, 512 codes at 7×7 places, Fashion-MNIST, 5 epochs",
    source: "asked: more than half of the codebook in use",
    measure: "val_perplexity",
    published: 256,
    largerIsBetter: true,
    others: { "mean squared error": "val_mse" },
    train: [
      "train",
      "fashion-mnist",
      "--validation",
      "5000",
      "--model",
      "vq-vae",
      "--filters",
      "16,32",
      "--epochs",
      "5",
    ],
  },
];

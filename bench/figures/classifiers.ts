/** The figures of classifiers. Each command looks at the test images once; docs/figures.md says what was tried before. */
import type { PublishedFigure } from "./figure.ts";

const MEASURED = { measure: "examination.accuracy.value", largerIsBetter: true } as const;
const TWO_CLASSES = {
  ...MEASURED,
  others: {
    sensitivity: "sensitivity.value",
    specificity: "specificity.value",
    "area under the ROC": "areaUnderRoc.value",
  },
} as const;
const CATS_DOGS = "asked, of 500 test images";
/** Keras's weights for alpha 0.35, and those for alpha 1 as arrays. */
const NARROW = ["--base", "mobilenetv2", "--weights", "DATA/mobilenet/teachable_machine_h5/keras_model.h5"];
const WHOLE = ["--base", "mobilenetv2", "--weights", "DATA/mobilenet/webnn_mobilenetv2_1.0_224_nhwc/weights"];

export const classifiers: readonly PublishedFigure[] = [
  {
    ...TWO_CLASSES,
    id: "cats-dogs-narrow",
    title: "cats and dogs, a head on MobileNetV2, alpha 0.35, frozen",
    source: CATS_DOGS,
    published: 0.94,
    train: ["classify", "train", "DATA/cats-dogs", ...NARROW],
  },
  {
    ...TWO_CLASSES,
    id: "cats-dogs-fine-tuned",
    title: "the same, its last third fine-tuned",
    source: CATS_DOGS,
    published: 0.96,
    train: ["classify", "train", "DATA/cats-dogs", ...NARROW, "--fine-tune", "0.3"],
  },
  {
    ...TWO_CLASSES,
    id: "cats-dogs-whole",
    title: "cats and dogs, a head on MobileNetV2, alpha 1, frozen",
    source: CATS_DOGS,
    published: 0.97,
    train: ["classify", "train", "DATA/cats-dogs", ...WHOLE],
  },
  {
    ...TWO_CLASSES,
    id: "chest-xray",
    title: "pneumonia in chest X-rays, a head on MobileNetV2, alpha 1, frozen",
    source: "asked, of the 624 official test images",
    published: 0.867,
    train: ["classify", "train", "DATA/chest-xray", ...WHOLE],
  },
  {
    ...MEASURED,
    id: "fashion-cnn",
    title: "Fashion-MNIST, the convolutional network of the course",
    source: "asked, with fewer than 100,000 parameters",
    published: 0.925,
    train: [
      ["classify", "train", "fashion-mnist", "--filters", "16,32,64", "--convolutions", "2"],
      ["--augment", "flip", "--dropout", "0.3", "--epochs", "25"],
    ].flat(),
  },
];

export { accuracy, binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy } from "./accuracy.ts";
export { auc } from "./auc.ts";
export { falseNegatives, falsePositives, trueNegatives, truePositives } from "./confusion-counts.ts";
export { f1Score, fBetaScore } from "./f-score.ts";
export { categoricalHinge, hinge, squaredHinge } from "./hinge.ts";
export { psnr, ssim } from "./image-similarity.ts";
export { meanIou } from "./mean-iou.ts";
export type { Metric } from "./metric.ts";
export { precision, recall } from "./precision-recall.ts";
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  klDivergence,
  poisson,
  sparseCategoricalCrossentropy,
} from "./probabilistic.ts";
export { r2Score } from "./r2-score.ts";
export {
  cosineSimilarity,
  logCoshError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  rootMeanSquaredError,
} from "./regression.ts";
export { sparseTopKCategoricalAccuracy, topKCategoricalAccuracy } from "./top-k.ts";

import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { equal, mul, sub } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import { constantTensor } from "../constant-tensor.ts";
import { firstLargest } from "./first-largest.ts";
import type { Metric, MetricOptions } from "./metric.ts";

export interface MeanIouOptions extends MetricOptions {
  /** Positions whose target is this class do not count; none unless given. */
  readonly ignoreClass?: number | undefined;
  /** Whether targets number classes, instead of having an element for each along the last axis; true unless given. */
  readonly sparseTarget?: boolean;
  /** Whether predictions number classes, instead of having an element for each along the last axis; true unless given. */
  readonly sparsePrediction?: boolean;
}

/**
 * Intersection over union, TP / (TP + FP + FN), of the positions of each class, averaged over the classes that occur: the usual
 * figure for segmentations.
 *
 * @param numClasses classes are numbered from 0; positions with other numbers do not count.
 * @throws RangeError unless that is a whole number from 1 on.
 */
export function meanIou(
  numClasses: number,
  { ignoreClass, sparseTarget = true, sparsePrediction = true, name = "mean_io_u" }: MeanIouOptions = {},
): Metric {
  if (!(Number.isInteger(numClasses) && numClasses > 0)) {
    throw new RangeError(`${name} needs the number of classes, a whole number from 1 on; ${numClasses} came`);
  }
  return {
    name,
    className: "MeanIoU",
    config: {
      num_classes: numClasses,
      ignore_class: ignoreClass ?? null,
      sparse_y_true: sparseTarget,
      sparse_y_pred: sparsePrediction,
      axis: -1,
    },
    better: "larger",
    contributions(target, prediction) {
      const expected = classesOf(target, sparseTarget);
      const predicted = classesOf(prediction, sparsePrediction);
      checkPositions(name, expected, predicted);
      // [classes, positions]: whether a position has the class.
      const classes = constantTensor(
        "classes",
        [numClasses, 1],
        Float32Array.from({ length: numClasses }, (_, i) => i),
      );
      const [isExpected, isPredicted] = [equal(expected, classes), equal(predicted, classes)];
      const isKnown = mul(sum(isExpected, [0], { keepDims: true }), sum(isPredicted, [0], { keepDims: true }));
      const counts = ignoreClass === undefined ? isKnown : mul(isKnown, sub(1, equal(expected, ignoreClass)));
      const counted = (isOfClass: Node): Node => sum(mul(isOfClass, counts), [1]);
      return {
        intersections: counted(mul(isExpected, isPredicted)),
        targets: counted(isExpected),
        predictions: counted(isPredicted),
      };
    },
    result({ intersections = new Float64Array(), targets, predictions }) {
      const unions = Array.from(
        intersections,
        (both, index) => (targets?.[index] ?? 0) + (predictions?.[index] ?? 0) - both,
      );
      const ious = unions.flatMap((union, index) => (union > 0 ? [(intersections[index] ?? 0) / union] : []));
      return ious.length === 0 ? 0 : ious.reduce((total, iou) => total + iou, 0) / ious.length;
    },
  };
}

/** The number of the class at each position: [1, positions]. */
function classesOf(x: Node, isSparse: boolean): Node {
  const numbers = isSparse ? x : firstLargest(x);
  return reshape(numbers, [1, sizeOf(numbers.type.shape)]);
}

function checkPositions(name: string, expected: Node, predicted: Node): void {
  const [targets, predictions] = [expected, predicted].map(({ type }) => sizeOf(type.shape));
  if (targets === predictions) return;
  throw new GraphError(
    `${name} compares classes position by position; targets for ${targets} and predictions for ${predictions} positions came. ` +
      "Say with sparseTarget and sparsePrediction which of them number classes.",
  );
}

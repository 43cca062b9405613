/** Targets that are the numbers of classes, beside predictions with an element for each class. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import { equal, floor, greater, greaterEqual, mul } from "../../ops/elementwise.ts";
import { reshape } from "../../ops/shape.ts";
import { constantTensor } from "../constant-tensor.ts";
import type { TargetNumbers } from "./loss.ts";

/**
 * The targets with one number for each position: for predictions [..., classes], [..., 1].
 *
 * @throws GraphError when there are more or fewer.
 */
export function classNumbers(what: string, target: Node, prediction: Node): Node {
  const positions = prediction.type.shape.slice(0, -1);
  const isFitting = prediction.type.shape.length > 0 && sizeOf(target.type.shape) === sizeOf(positions);
  if (isFitting) return reshape(target, [...positions, 1]);
  throw new GraphError(
    `${what} takes the number of a class for each position of predictions [..., classes]; targets of shape ` +
      `${formatShape(target.type.shape)} and predictions of shape ${formatShape(prediction.type.shape)} came. ` +
      `For targets with an element for each class, take the categorical one.`,
  );
}

/** 1 for the class that is numbered and 0 for the others: of [..., 1], [..., classes]. */
export function isClass(numbers: Node, prediction: Node): Node {
  return equal(numbers, classPositions(prediction));
}

/** 1 where a number is that of a class, else 0. */
export function isClassNumber(numbers: Node, prediction: Node): Node {
  const numClasses = prediction.type.shape.at(-1) as number;
  const isInside = mul(greaterEqual(numbers, 0), greater(numClasses, numbers));
  return mul(isInside, equal(floor(numbers), numbers));
}

/** The numbers of the classes along the last axis, 0, 1, 2, … */
export function classPositions(prediction: Node): Node {
  const numClasses = prediction.type.shape.at(-1) as number;
  const positions = Float32Array.from({ length: numClasses }, (_, index) => index);
  return constantTensor("positions", [numClasses], positions);
}

/**
 * Refuses targets that number no class, before they are used.
 *
 * @param what names the targets in errors: `y`.
 * @param ignored a number that may occur besides.
 * @throws GraphError that names the first of them.
 */
export function checkClassNumbers(
  what: string,
  { data, scale, size }: TargetNumbers,
  numClasses: number,
  ignored: number | undefined,
): void {
  for (let index = 0; index < data.length; index++) {
    const number = (data[index] as number) * scale;
    if ((Number.isInteger(number) && number >= 0 && number < numClasses) || number === ignored) continue;
    const row = Math.floor(index / size);
    throw new GraphError(
      `${what} holds ${number} in row ${row}, value ${index % size}, and the model predicts ${numClasses} classes, which are ` +
        `numbered from 0 to ${numClasses - 1}; number the classes so, or give the last layer an output for each`,
    );
  }
}

import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Initializer } from "./initializer.ts";

/**
 * `gain` on the diagonal, 0 elsewhere.
 *
 * @throws GraphError when the variable is not a matrix.
 */
export function identity({ gain = 1 }: { readonly gain?: number } = {}): Initializer {
  return {
    className: "Identity",
    config: { gain },
    values(shape) {
      if (shape.length !== 2) {
        throw new GraphError(`the identity initializer makes matrices; a variable of shape ${formatShape(shape)} came`);
      }
      const [rows, columns] = shape as [number, number];
      const values = new Float32Array(rows * columns);
      for (let i = 0; i < Math.min(rows, columns); i++) values[i * columns + i] = gain;
      return values;
    },
  };
}

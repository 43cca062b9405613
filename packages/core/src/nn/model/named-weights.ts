/** A model's variables by their paths. */
import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { describeUnknown } from "../nearest-name.ts";
import type { Variable } from "../variable.ts";

/** Values by the paths of variables: `{ "conv2d/kernel": kernel }`. */
export type NamedWeights = Readonly<Record<string, ArrayLike<number>>>;

interface Named {
  readonly name: string;
  readonly variables: readonly Variable[];
}

/**
 * The variable of a path.
 *
 * @throws RangeError when there is none, or layers of several models have one of that path.
 */
export function variableAt({ name, variables }: Named, path: string): Variable {
  const [found, ...others] = variables.filter((variable) => variable.path === path);
  if (found === undefined) {
    const known = variables.map((variable) => variable.path);
    throw new RangeError(`model "${name}" has no variable ${describeUnknown(path, known)}`);
  }
  if (others.length === 0) return found;
  throw new RangeError(
    `model "${name}" has ${others.length + 1} variables "${path}", in several of its models; ` +
      "take the one of a model: getLayer(name).variables",
  );
}

/**
 * Gives some variables new values, none unless all of them fit.
 *
 * @throws RangeError when a path is unknown.
 * @throws GraphError when the number of values does not fit a variable's shape.
 */
export function assignNamed(model: Named, weights: NamedWeights): void {
  const pairs = Object.entries(weights).map(([path, values]) => ({ variable: variableAt(model, path), values }));
  for (const { variable, values } of pairs) {
    if (values.length === variable.size) continue;
    throw new GraphError(
      `variable "${variable.path}" has the shape ${formatShape(variable.shape)}, ${variable.size} values; ${values.length} came`,
    );
  }
  for (const { variable, values } of pairs) variable.assign(values);
}

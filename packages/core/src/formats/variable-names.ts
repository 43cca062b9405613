/** Names under which files keep the variables of a model. */
import type { Model } from "../nn/model/model.ts";
import type { Variable } from "../nn/variable.ts";
import { UniqueNames } from "../nn/unique-names.ts";

/**
 * Every variable of a model by its path: `conv2d/kernel`. Layers within different models may have the same name; their
 * variables are told apart by a number, in the order of the layers: `conv2d/kernel_1`.
 */
export function namedVariables(model: Model): ReadonlyMap<string, Variable> {
  const names = new UniqueNames();
  return new Map(model.variables.map((variable) => [names.take(variable.path), variable]));
}

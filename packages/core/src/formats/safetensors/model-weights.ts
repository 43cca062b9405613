/** The weights of a model as a safetensors file, under the paths of its variables. */
import { formatShape, sameShape } from "../../graph/tensor-type.ts";
import type { Model } from "../../nn/model/model.ts";
import { describeUnknown } from "../../nn/nearest-name.ts";
import { namedVariables } from "../variable-names.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { SafetensorsError } from "./safetensors-error.ts";

/**
 * All weights of a model, named by their paths: `conv2d/kernel`. The same bytes for the same weights.
 *
 * @throws GraphError when the model's shapes are not known yet.
 * @example
 * await writeFile("encoder.safetensors", saveWeightsSafetensors(encoder));
 */
export function saveWeightsSafetensors(model: Model, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const tensors = [...namedVariables(model)].map(
    ([name, variable]) => [name, { shape: variable.shape, data: variable.read() }] as const,
  );
  return writeSafetensors(new Map(tensors), metadata);
}

/**
 * Gives a model the weights of a file. The file must hold all of them and no others; nothing changes where it does not.
 *
 * @throws SafetensorsError when the file is damaged, or when weights are missing, unknown or of another shape: it names them.
 */
export function loadWeightsSafetensors(model: Model, bytes: Uint8Array): void {
  const { tensors } = readSafetensors(bytes);
  const variables = namedVariables(model);
  const unknown = [...tensors.keys()].find((name) => !variables.has(name));
  if (unknown !== undefined) {
    throw new SafetensorsError(
      `model "${model.name}" has no weights ${describeUnknown(shortened(unknown), [...variables.keys()])}`,
    );
  }
  const matches = [...variables].map(([name, variable]) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) {
      throw new SafetensorsError(
        `the file has no "${name}", ${formatShape(variable.shape)}, which model "${model.name}" needs; it has ` +
          `${tensors.size} tensors: ${shortList([...tensors.keys()])}`,
      );
    }
    if (!sameShape(tensor.shape, variable.shape)) {
      throw new SafetensorsError(
        `"${name}" has the shape ${formatShape(tensor.shape)} in the file, and model "${model.name}" needs ` +
          `${formatShape(variable.shape)}; build the model as it was when its weights were saved`,
      );
    }
    return { variable, data: tensor.data };
  });
  for (const { variable, data } of matches) variable.assign(data);
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(shortened).join(", ");
  return names.length > 8 ? `${shown}, …` : shown;
}

/** A file may name its tensors as it likes; a message must stay readable. */
function shortened(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}

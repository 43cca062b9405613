import { ConfigReader } from "../../nn/config-reader.ts";
import type { Optimizer } from "../../nn/optimizers/index.ts";
import { optimizers } from "../../nn/optimizers/registry.ts";
import type { ObjectDescription } from "./compile-config.ts";
import { KerasFileError } from "./keras-file-error.ts";

/**
 * The optimizer of a file.
 *
 * @throws KerasFileError when its class is unknown or a setting out of range.
 */
export function optimizerFromConfig({ className, config }: ObjectDescription): Optimizer {
  try {
    return optimizers.fromConfig(new ConfigReader(className, config));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new KerasFileError(`${error.message}. To load the model alone: loadModel(bytes, { compile: false })`, {
      cause: error,
    });
  }
}

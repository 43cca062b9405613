import { Autoencoder } from "./autoencoder.ts";
import type { AutoencoderSettings } from "./autoencoder-options.ts";
import type { OptionValue } from "./options/option.ts";
import { modelFamily } from "./registry.ts";

/**
 * A model by its family's name, for programs that learn it at run time: `models.create("vae", { code: 10 })`.
 *
 * @throws RangeError when there is no such family or option, or a value is not what it may be.
 */
export function create(
  family: string,
  options: Readonly<Record<string, OptionValue | undefined>> = {},
  settings: AutoencoderSettings = {},
): Autoencoder {
  return new Autoencoder(modelFamily(family), options, settings);
}

import { Autoencoder } from "./autoencoder.ts";
import type { AutoencoderSettings } from "./autoencoder-options.ts";
import type { ModelFamily } from "./model-family.ts";
import type { GivenOptions, OptionTable, OptionValues } from "./options/option.ts";

/** Makes models of one family: `vae({ code: 10, beta: 2 })`. */
export interface FamilyFunction<Table extends OptionTable> {
  (options?: GivenOptions<Table> & AutoencoderSettings): Autoencoder;
  readonly family: ModelFamily;
}

/** A family, as the function that users call. */
export function defineFamily<Table extends OptionTable, Decided extends OptionValues<Table>>(
  definition: ModelFamily<Table, Decided>,
): FamilyFunction<Table> {
  // Whoever goes by the registry gives options that were checked against the table.
  const family = definition as unknown as ModelFamily;
  const make = ({ seed, device, ...options }: GivenOptions<Table> & AutoencoderSettings = {}): Autoencoder =>
    new Autoencoder(family, options, { seed, device });
  return Object.assign(make, { family });
}

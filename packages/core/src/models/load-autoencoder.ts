import { loadWeights } from "../formats/keras/index.ts";
import type { Device } from "../runtime/device.ts";
import type { Autoencoder } from "./autoencoder.ts";
import { create } from "./create-autoencoder.ts";
import { explaining, readDescription, readTraining } from "./autoencoder-file.ts";

/**
 * The model of a file that `save` wrote, with all that it had learned.
 *
 * @throws KerasFileError when the file is damaged, or holds a model that is none of the families'.
 * @example
 * const model = await models.load(await readFile("vae.keras"));
 */
export async function load(
  bytes: Uint8Array,
  { device }: { readonly device?: Device | undefined } = {},
): Promise<Autoencoder> {
  const { family, options, brief, seed } = readDescription(bytes);
  const model = explaining(() => {
    const made = create(family, options, { seed, device });
    made.buildFor(brief);
    return made;
  });
  await loadWeights(model.model, bytes);
  const training = readTraining(bytes);
  if (training !== undefined) await model.restoreTraining(training);
  return model;
}

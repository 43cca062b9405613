import { Device } from "../../runtime/device.ts";
import type { Autoencoder } from "../autoencoder.ts";
import { waves } from "./family-contract.ts";

/** The weights that a short training of images leaves on a device with so many threads: the same for any number of them. */
export async function weightsOnThreads(
  threads: number,
  make: (settings: { readonly seed: number; readonly device: Device }) => Autoencoder,
): Promise<readonly Float32Array[]> {
  const device = await Device.create({ threads });
  const model = make({ seed: 5, device });
  await model.fit(waves([28, 28, 1], 50), { epochs: 2, batchSize: 20 });
  const weights = model.model.getWeights();
  await model.dispose();
  device.dispose();
  return weights;
}

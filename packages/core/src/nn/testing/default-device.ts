/** A device of its own for the models of a test file. */
import { afterAll, beforeAll } from "vitest";
import { Device } from "../../runtime/device.ts";
import { setDefaultDevice } from "../training/engine.ts";

/**
 * Makes the models of this file run on a device with so many threads.
 *
 * @returns the device, from the first test on.
 */
export function useDefaultDevice(threads: number): () => Device {
  let device: Device;
  beforeAll(async () => {
    device = await Device.create({ threads });
    setDefaultDevice(device);
  });
  // Tests in other files share this process and its default device, so theirs must be one that still computes.
  afterAll(async () => {
    setDefaultDevice(await Device.create());
    device.dispose();
  });
  return () => device;
}

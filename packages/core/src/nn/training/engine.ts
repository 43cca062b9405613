/** The device that models run on, and where their parameters live on it. */
import { Device } from "../../runtime/device.ts";
import { ParameterStore } from "../../runtime/parameter-store.ts";

export interface Engine {
  readonly device: Device;
  /** One for each device, so that models share layers without copying weights back and forth. */
  readonly parameters: ParameterStore;
}

const stores = new WeakMap<Device, ParameterStore>();
let shared: Promise<Device> | undefined;

/** The engine of a device; without one, of a device with a thread for each processor that all models share. */
export async function engineOf(device: Device | undefined): Promise<Engine> {
  const used = device ?? (await defaultDevice());
  let parameters = stores.get(used);
  if (parameters === undefined) {
    parameters = new ParameterStore(used);
    stores.set(used, parameters);
  }
  return { device: used, parameters };
}

/** Makes all models that were not given a device run on this one from now on, such as one with fewer threads. */
export function setDefaultDevice(device: Device): void {
  shared = Promise.resolve(device);
}

function defaultDevice(): Promise<Device> {
  shared ??= Device.create();
  return shared;
}

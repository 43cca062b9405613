import { Device } from "@sandglass/core";
import type { GlobalOptions } from "./context.ts";

/** Runs `use` with a device of as many threads as were asked for, and ends the threads. */
export async function withDevice<Result>(
  { threads, deterministic = false }: Pick<GlobalOptions, "threads"> & { readonly deterministic?: boolean | undefined },
  use: (device: Device) => Promise<Result>,
): Promise<Result> {
  const device = await Device.create({ deterministic, ...(threads !== undefined && { threads }) });
  try {
    return await use(device);
  } finally {
    device.dispose();
  }
}

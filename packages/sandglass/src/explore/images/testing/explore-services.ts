/** What a look at data needs, for tests. */
import { Device } from "@sandglass/core";
import { afterAll } from "vitest";
import type { ExploreServices } from "../../exploration.ts";

/** Gives services whose device ends with the file's tests; what they hear is in `steps` and `lines`. */
export function exploreServices(): () => Promise<
  ExploreServices & { readonly steps: string[]; readonly lines: string[] }
> {
  const devices: Device[] = [];
  afterAll(() => {
    for (const device of devices) device.dispose();
  });
  return async () => {
    const device = await Device.create({ threads: 1 });
    devices.push(device);
    const [steps, lines]: [string[], string[]] = [[], []];
    return {
      device,
      steps,
      lines,
      dataDir: undefined,
      note: (line) => lines.push(line),
      signal: new AbortController().signal,
      progress: { begin: (step) => steps.push(step), advance: () => undefined, end: () => undefined },
    };
  };
}

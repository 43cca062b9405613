// The comparison with PCA where there is none.
import { dataset, Device, rows } from "@sandglass/core";
import { expect, test } from "vitest";
import { examine, examineWithPca } from "./examine.ts";

test("a model is not compared with components that are out of reach, and other errors are not hidden", async () => {
  const size = 3100;
  const data = dataset("large", [size], new Float32Array(size * size));
  const device = await Device.create({ threads: 1 });
  const examination = await examine({ reconstruct: async () => new Float32Array(2 * size) }, rows(data, 0, 2));
  const compare = (codeSize: number): ReturnType<typeof examineWithPca> =>
    examineWithPca(data, examination, { codeSize, device });
  expect(await compare(2500)).toBeUndefined();
  device.dispose();
  await expect(compare(1)).rejects.toThrow("disposed");
});

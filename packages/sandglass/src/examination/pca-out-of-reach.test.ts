// Components of which so many are asked for that they are not found take minutes, so that this is acted here.
import { dataset, Device, type classic } from "@sandglass/core";
import { expect, test, vi } from "vitest";
import { examine, examineWithPca } from "./examine.ts";

const principalComponents = vi.hoisted(() => vi.fn<typeof classic.principalComponents>());
vi.mock("@sandglass/core", async (importOriginal) => {
  const original = await importOriginal<{ readonly classic: object }>();
  return { ...original, classic: { ...original.classic, principalComponents } };
});

test("a model is not compared with components that are not found, and other errors are not hidden", async () => {
  const data = dataset("four", [2], Float32Array.of(1, 2, 3, 4, 5, 6, 7, 9));
  const device = await Device.create({ threads: 1 });
  const examination = await examine({ reconstruct: async () => new Float32Array(8) }, data);
  const compare = (): ReturnType<typeof examineWithPca> => examineWithPca(data, examination, { codeSize: 1, device });
  principalComponents.mockRejectedValueOnce(new RangeError("the 2,000 largest eigenvalues were not found"));
  expect(await compare()).toBeUndefined();
  principalComponents.mockRejectedValueOnce(new TypeError("a fault"));
  await expect(compare()).rejects.toThrow("a fault");
  device.dispose();
});

import { expect, test } from "vitest";
import { decodeAll } from "./decode-all.ts";
import type { ImagePlan } from "./image-plan.ts";
import { imageFolders, noisy } from "./testing/image-files.ts";

const newFolder = imageFolders();
const plan = { height: 6, width: 5, channels: 3, fit: "cover", depth: 8 } as const satisfies ImagePlan;

test("many images are decoded in a thread of their own, to the values that few have, in order", async () => {
  const folder = newFolder();
  const different = await Promise.all(Array.from({ length: 7 }, (_, seed) => noisy(12, 10, seed).jpeg().toBuffer()));
  const entries = Array.from({ length: 510 }, (_, number) => {
    const bytes = different[number % 7]!;
    return folder.write(`${number}.jpg`, number === 400 ? bytes.subarray(0, 200) : bytes);
  });
  const few = await decodeAll(entries.slice(0, 7), plan, 1e8, {});
  const progress: number[] = [];
  const many = await decodeAll(entries, plan, 1e8, { onProgress: (done) => progress.push(done) });
  expect(many.failures).toMatchObject([{ job: 400, reason: expect.stringMatching(/truncated/u) }]);
  const size = 6 * 5 * 3;
  for (const number of [0, 127, 128, 399, 401, 509]) {
    const expected = few.values.subarray((number % 7) * size, ((number % 7) + 1) * size);
    expect(many.values.subarray(number * size, (number + 1) * size)).toEqual(expected);
  }
  expect([progress.length, progress.at(-1)]).toEqual([4, 510]);
  await expect(decodeAll(entries, plan, 1e8, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
    "enough",
  );
});

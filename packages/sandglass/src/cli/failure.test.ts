import { expect, test } from "vitest";
import { describeFailure } from "./failure.ts";

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test.each([
  ["JavaScript cannot hold", thrownBy(() => new ArrayBuffer(Number.MAX_SAFE_INTEGER))],
  ["no array can be as long as", thrownBy(() => new Float32Array(2 ** 53 - 1))],
  ["our own memory cannot hold", new RangeError("out of memory: 4098 MiB are needed in all, and 4096 MiB is the most")],
])("what %s is the user's to make smaller", (_, error) => {
  const { kind, exitCode, message } = describeFailure(error);
  expect({ kind, exitCode }).toEqual({ kind: "failure", exitCode: 1 });
  expect(message).toMatch(/^the model, or a batch of the data, is too large for memory \(.+\); take smaller images/u);
});

test("other values out of range are faults of ours", () => {
  const error = thrownBy(() => "a".repeat(-1));
  expect(describeFailure(error)).toMatchObject({ kind: "bug", exitCode: 1 });
});

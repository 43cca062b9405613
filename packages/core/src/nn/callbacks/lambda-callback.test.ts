import { expect, test, vi } from "vitest";
import { lambdaCallback } from "./lambda-callback.ts";

test("lambdaCallback calls the functions it was given", () => {
  const onEpochEnd = vi.fn<() => void>();
  const callback = lambdaCallback({ onEpochEnd });
  void callback.onEpochEnd?.(3, { loss: 1 });
  expect(onEpochEnd).toHaveBeenCalledExactlyOnceWith(3, { loss: 1 });
  expect(callback.onEpochBegin).toBeUndefined();
});

test("lambdaCallback refuses names that it does not know, and what is no function", () => {
  const wrong = { onEpochEnds: () => {} };
  expect(() => lambdaCallback(wrong as object)).toThrow(
    'lambdaCallback has no event "onEpochEnds"; did you mean "onEpochEnd"?',
  );
  expect(() => lambdaCallback({ onTrainEnd: 3 as unknown as () => void })).toThrow(
    "onTrainEnd of lambdaCallback must be a function; number came",
  );
});

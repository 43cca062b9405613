import { expect, test } from "vitest";
import { Pause } from "./pause.ts";

test("timers run during pauses, however many follow one another", async () => {
  const pause = new Pause();
  let pausesUntilTimer = -1;
  let pauses = 0;
  // Not at once: the very first pause would let it through in any case.
  setTimeout(() => (pausesUntilTimer = pauses), 20);
  for (; pauses < 100; pauses++) {
    const end = performance.now() + 1;
    while (performance.now() < end);
    await pause.take();
  }
  expect(pausesUntilTimer).toBeGreaterThan(0);
  expect(pausesUntilTimer).toBeLessThan(50);
});

test("a pause is due some time after the last one", async () => {
  const pause = new Pause();
  expect(pause.isDue).toBe(false);
  const end = performance.now() + 60;
  while (performance.now() < end);
  expect(pause.isDue).toBe(true);
  await pause.take();
  expect(pause.isDue).toBe(false);
});

import { afterEach, expect, test, vi } from "vitest";
import { Interrupted, watchInterruption, type Interruption } from "./interruption.ts";

let interruption: Interruption | undefined;
afterEach(() => interruption?.dispose());

function press(now: number): void {
  vi.spyOn(performance, "now").mockReturnValue(now);
  // Only our own listener: the test runner has one that ends the tests.
  process.listeners("SIGINT").at(-1)?.("SIGINT");
}

test("the first Ctrl-C asks for the end, its echo does nothing, the second one quits at once", () => {
  const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
  const notify = vi.fn<() => void>();
  interruption = watchInterruption(notify);
  expect(interruption.signal.aborted).toBe(false);
  press(1000);
  expect(interruption.signal.reason).toBeInstanceOf(Interrupted);
  press(1100);
  expect(exit).not.toHaveBeenCalled();
  expect(notify).toHaveBeenCalledTimes(1);
  press(2000);
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
});

test("Ctrl-C has its usual effect again afterwards", () => {
  const before = process.listenerCount("SIGINT");
  const { dispose } = watchInterruption(() => undefined);
  expect(process.listenerCount("SIGINT")).toBe(before + 1);
  dispose();
  expect(process.listenerCount("SIGINT")).toBe(before);
});

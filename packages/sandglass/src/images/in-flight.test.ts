import { expect, test } from "vitest";
import { mapInFlight } from "./in-flight.ts";

test("no more is under way than allowed, and results keep the order of the items", async () => {
  let underWay = 0;
  let most = 0;
  const results = await mapInFlight([30, 10, 20, 0, 5], 2, async (item, index) => {
    most = Math.max(most, ++underWay);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    underWay--;
    return `${index}:${item}`;
  });
  expect(results).toEqual(["0:30", "1:10", "2:20", "3:0", "4:5"]);
  expect(most).toBe(2);
  expect(await mapInFlight([], 2, async () => 1)).toEqual([]);
});

test("after the first error nothing begins, and what is under way ends before the error comes", async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    for (let turn = 0; turn < item * 10; turn++) await Promise.resolve();
    if (item === 1) throw new Error("one");
    ended.push(item);
  };
  await expect(mapInFlight([2, 1, 3, 4], 2, work)).rejects.toThrow("one");
  expect([begun, ended]).toEqual([[2, 1], [2]]);
});

test("a signal ends the work with its reason", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    if (item === 2) stop.abort(new Error("stopped"));
  };
  await expect(mapInFlight([1, 2, 3, 4], 1, work, stop.signal)).rejects.toThrow("stopped");
  expect(begun).toEqual([1, 2]);
});

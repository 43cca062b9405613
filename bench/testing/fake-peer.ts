/** A peer for the tests of the harness: it sleeps instead of computing. Its one argument is a JSON object of `FakePeer`. */

import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "../peers/serve.ts";

export interface FakePeer {
  readonly parameters?: number;
  readonly stepMilliseconds?: number;
  /** What setup fails with. */
  readonly failure?: string;
  /** After so many calls of `run` its values are NaN. */
  readonly divergesAfter?: number;
}

const {
  parameters = 10,
  stepMilliseconds = 1,
  failure,
  divergesAfter,
}: FakePeer = JSON.parse(process.argv[2] ?? "{}") as FakePeer;

await serve(async () => {
  if (failure !== undefined) throw new Error(failure);
  let runs = 0;
  return {
    numParameters: parameters,
    versions: { fake: "1.2.3" },
    async run(steps) {
      runs++;
      await sleep(steps * stepMilliseconds);
    },
    lastValue: async () => (divergesAfter !== undefined && runs > divergesAfter ? Number.NaN : 0.5),
  };
});

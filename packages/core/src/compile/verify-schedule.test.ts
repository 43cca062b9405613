import { expect, it } from "vitest";
import { add, mul } from "../ops/elementwise.ts";
import { inputNode, parameterNode } from "../ops/leaf.ts";
import { sum, sumSamples } from "../ops/reduce.ts";
import { schedule } from "./schedule.ts";
import type { Task } from "./schedule.ts";
import { verifySchedule } from "./verify-schedule.ts";

/** Forward work in stage 0, a sum over samples and an update in stage 1. */
function stepOfTraining() {
  const [x, w] = [inputNode("x", [3]), parameterNode("w", [3])];
  const product = mul(x, w);
  const outputs = { total: sumSamples(sum(product)), product };
  return schedule({ outputs, updates: [{ parameter: w, value: add(w, sumSamples(x)) }], batchSize: 8 });
}

function mutated(change: (task: Task) => Partial<Task>) {
  const planned = stepOfTraining();
  return { ...planned, tasks: planned.tasks.map((task) => ({ ...task, ...change(task) })) };
}

it("accepts what the scheduler makes", () => {
  expect(() => verifySchedule(stepOfTraining())).not.toThrow();
});

it("refuses per-sample work in a stage of shared work", () => {
  expect(() => verifySchedule(mutated(({ stage }) => ({ stage: stage + 1 })))).toThrow(/stage of the other kind/);
});

it("refuses a value that is read before it is written", () => {
  const late = mutated(({ kind, stage }) => ({ stage: kind === "input" ? 2 : stage }));
  expect(() => verifySchedule(late)).toThrow(/reads #\d+ before input input #\d+ in stage 2 has written it/);
});

it("refuses a parameter that changes while it is read", () => {
  const late = mutated(({ kind, stage }) => ({ stage: ["sample", "accumulate", "output"].includes(kind) ? 2 : stage }));
  expect(() => verifySchedule(late)).toThrow(/changes #\d+ while sample mul #\d+ in stage 2 reads it/);
});

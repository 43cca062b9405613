/** What a run notes of its training. */
import type { CommonRecord, CommonResult } from "../runs/run-record.ts";
import type { SoFar } from "./training-watch.ts";

/** The record of a run whose training goes on. */
export function whileRunning<Record extends CommonRecord>(record: Record, soFar: SoFar): Record {
  const { note: _, ...result } = record.result;
  return { ...record, state: "running", result: { ...result, ...resultOf(record, soFar) } };
}

/** What a training has come to, earlier ones of the same run included. */
export function resultOf(
  before: CommonRecord,
  { history, phases, seconds, samplesPerSecond }: SoFar,
): Omit<CommonResult, "note"> {
  return {
    epochs: history.length,
    figures: history.at(-1) ?? {},
    ...(phases.length > 0 && { phases }),
    seconds: before.result.seconds + seconds,
    samplesPerSecond,
  };
}

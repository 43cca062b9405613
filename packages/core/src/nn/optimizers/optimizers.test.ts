import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonValue, OptimizerFixture } from "../../../../../fixtures/keras/fixture-types.ts";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { Device } from "../../runtime/device.ts";
import { ConfigReader } from "../config-reader.ts";
import { constraints } from "../constraints/registry.ts";
import { schedules } from "../schedules/registry.ts";
import { largestError } from "../testing/evaluate.ts";
import * as makers from "./index.ts";
import type { Optimizer, OptimizerOptions } from "./optimizer.ts";
import { optimizers } from "./registry.ts";
import { followCompiled, followInFloat64 } from "./testing/follow-gradients.ts";
import type { GivenParameter } from "./testing/follow-gradients.ts";

type Case = OptimizerFixture["cases"][number];

const fixture = readFixture("optimizers");
const names = Object.keys(fixture.initial);

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

/** The optimizer as its file would have it. */
function fromConfig({ name, config, exclude }: Case): Optimizer {
  if (exclude.length === 0) return optimizers.fromConfig(new ConfigReader(name, config));
  return makers.adamW({ weightDecay: config["weight_decay"] as number, excludeFromWeightDecay: exclude });
}

/** The optimizer as a user would ask for it, `beta_1` being `beta1`. */
function fromArguments({ name, config, arguments: given, exclude }: Case): Optimizer {
  const camelCase = (key: string): string =>
    key.replaceAll(/_([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase());
  const schedule = (): JsonValue | object => schedules.read(new ConfigReader(name, config), "learning_rate")!;
  const options = Object.entries(given).map(([key, value]) => [camelCase(key), value ?? schedule()]);
  const make = Object.entries(makers).find(([maker]) => maker.toLowerCase() === name.toLowerCase())![1];
  return make({ ...(Object.fromEntries(options) as OptimizerOptions), excludeFromWeightDecay: exclude });
}

function parametersOf({ constraint }: Case): GivenParameter[] {
  return names.map((name) => {
    const { data, shape } = decodeArray(fixture.gradients[name]!);
    const size = data.length / shape[0]!;
    return {
      name,
      shape: shape.slice(1),
      initial: decodeArray(fixture.initial[name]!).data,
      gradients: Array.from({ length: shape[0]! }, (_, step) => data.subarray(step * size, (step + 1) * size)),
      constraint:
        constraint === null || name !== "kernel"
          ? undefined
          : constraints.fromConfig(new ConfigReader(constraint.class_name, constraint.config)),
    };
  });
}

function withoutNames(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "name");
  return Object.fromEntries(entries.map(([key, entry]) => [key, withoutNames(entry)]));
}

const cases = fixture.cases.map((entry) => {
  const { class_name: schedule } = (entry.config["learning_rate"] ?? {}) as { class_name?: string };
  const details = { ...entry.arguments, ...(schedule !== undefined && { learning_rate: schedule }) };
  return [entry.name, JSON.stringify(details), entry] as const;
});

describe("Keras's numbers over 32 steps", () => {
  // Keras computes in float32: rounding adds up over the steps, and numbers are as large as 100.
  const TOLERANCE = 2e-6;

  test.each(cases)("%s %s, in float64", (_, __, entry) => {
    const course = followInFloat64(fromConfig(entry), parametersOf(entry));
    for (const [index, name] of names.entries()) {
      expect(largestError(course[index]!, decodeArray(entry.parameters[name]!).data, 1)).toBeLessThan(TOLERANCE);
    }
  });

  test.each(cases)("%s %s, compiled, and what is kept in Keras's order", async (_, __, entry) => {
    const optimizer = fromConfig(entry);
    const { course, state, finalized } = await followCompiled(optimizer, parametersOf(entry), device);
    for (const [index, name] of names.entries()) {
      expect(largestError(course[index]!, decodeArray(entry.parameters[name]!).data, 1)).toBeLessThan(TOLERANCE);
      expect(largestError(finalized[index]!, decodeArray(entry.finalized[name]!).data, 1)).toBeLessThan(TOLERANCE);
    }
    const kept = [
      [state.iterations],
      ...(optimizer.schedule === undefined ? [[optimizer.learningRate]] : []),
      ...optimizer.slotGroups.flatMap((group) =>
        state.variables.flatMap(({ slots }) => group.map((slot) => [...slots[slot]!])),
      ),
      ...optimizer.derivedNumbers(state.iterations).map((number) => [number]),
    ];
    expect(kept.map(({ length }) => length)).toEqual(entry.variables.map((array) => decodeArray(array).data.length));
    for (const [index, array] of entry.variables.entries()) {
      expect(largestError(kept[index]!, decodeArray(array).data, 1)).toBeLessThan(TOLERANCE);
    }
  });
});

test.each(cases)("%s %s has Keras's configuration", (_, __, entry) => {
  expect(withoutNames(fromArguments(entry).getConfig())).toEqual(entry.config);
  const again = optimizers.fromConfig(new ConfigReader(entry.name, fromArguments(entry).getConfig()));
  expect(withoutNames(again.getConfig())).toEqual(withoutNames(fromArguments(entry).getConfig()));
});

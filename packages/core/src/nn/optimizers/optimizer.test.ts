import { describe, expect, test } from "vitest";
import { parameterNode } from "../../ops/leaf.ts";
import { ConfigReader } from "../config-reader.ts";
import { exponentialDecay, polynomialDecay } from "../schedules/index.ts";
import { evaluate } from "../testing/evaluate.ts";
import { OptimizerState } from "../training/optimizer-state.ts";
import { clipGradients } from "./gradient-clipping.ts";
import { adagrad, adam, adamW, lion, nadam, rmsprop, sgd } from "./index.ts";
import { resolveOptions } from "./optimizer-options.ts";
import { optimizers } from "./registry.ts";

describe("the learning rate", () => {
  test("may change between steps", () => {
    const optimizer = adam({ learningRate: 0.5 });
    const { stepSize } = optimizer.scalars(7);
    optimizer.learningRate = 0.25;
    expect(optimizer.learningRate).toBe(0.25);
    expect(optimizer.scalars(7)["stepSize"]).toBe(stepSize! / 2);
    expect(() => (optimizer.learningRate = Number.NaN)).toThrow("must be a number from 0 on; NaN came");
    expect(optimizer.learningRate).toBe(0.25);
  });

  test("follows a schedule, of which it shows the next step's", () => {
    const optimizer = sgd({ learningRate: exponentialDecay(0.5, 10, 0.5) });
    expect(optimizer.learningRate).toBe(0.5);
    const state = new OptimizerState(optimizer);
    state.iterations = 20;
    expect(optimizer.learningRate).toBe(0.125);
    expect(optimizer.scalars(10)).toEqual({ learningRate: 0.25 });
  });

  test("cannot be set while a schedule is in charge, but another schedule can", () => {
    const optimizer = sgd({ learningRate: exponentialDecay(0.5, 10, 0.5) });
    expect(() => (optimizer.learningRate = 0.1)).toThrow(TypeError);
    expect(() => (optimizer.learningRate = 0.1)).toThrow(
      "the learning rate of SGD follows the schedule ExponentialDecay",
    );
    optimizer.learningRate = polynomialDecay(0.25, 10);
    expect(optimizer.learningRate).toBe(0.25);
    expect(optimizer.schedule?.className).toBe("PolynomialDecay");
  });

  test("becomes a schedule where there was a number", () => {
    const optimizer = adam();
    optimizer.learningRate = exponentialDecay(0.5, 10, 0.5);
    expect(optimizer.getConfig()["learning_rate"]).toMatchObject({ class_name: "ExponentialDecay" });
  });

  test("counts steps, where gradients accumulate too", () => {
    const optimizer = adam({ learningRate: exponentialDecay(0.5, 1, 0.5), gradientAccumulationSteps: 2 });
    const rateAfter = (iterations: number): number => {
      const state = new OptimizerState(optimizer);
      state.iterations = iterations;
      return optimizer.learningRate;
    };
    expect([0, 1, 2].map(rateAfter)).toEqual([0.5, 0.25, 0.125]);
  });
});

test("nadam's schedule may be read in any order", () => {
  const optimizer = nadam();
  const late = optimizer.scalars(50);
  expect(optimizer.scalars(3)).toEqual(nadam().scalars(3));
  expect(optimizer.scalars(50)).toEqual(late);
});

test("names give Keras's defaults, in any spelling", () => {
  for (const name of ["AdamW", "adamw", "adam_w"]) {
    expect({ ...optimizers.get(name).getConfig(), name: "" }).toEqual({ ...adamW().getConfig(), name: "" });
  }
  expect(optimizers.get("rmsprop").className).toBe("RMSprop");
  expect(optimizers.get("sgd").learningRate).toBe(0.01);
});

describe("gradients are clipped", () => {
  const gradients = [parameterNode("a", [2]), parameterNode("b", [1])];
  const clipped = (options: object, a: readonly number[], b: readonly number[]): number[][] => {
    const feeds = new Map([
      [gradients[0]!, Float64Array.from(a)],
      [gradients[1]!, Float64Array.from(b)],
    ]);
    return evaluate(clipGradients(gradients, resolveOptions("SGD", options)), feeds, 1);
  };

  test("each to its length", () => {
    expect(clipped({ clipnorm: 1 }, [30, 40], [0.5])).toEqual([[0.6, 0.8], [0.5]]);
    expect(clipped({ clipnorm: 1 }, [0, 0], [-2])).toEqual([[0, 0], [-1]]);
  });

  test("all to one length", () => {
    const [a, b] = clipped({ globalClipnorm: 1.3 }, [3, 4], [12]);
    expect(a).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.4, 12)]);
    expect(b).toEqual([expect.closeTo(1.2, 12)]);
    expect(clipped({ globalClipnorm: 20 }, [3, 4], [12])).toEqual([[3, 4], [12]]);
    expect(clipped({ globalClipnorm: 1 }, [0, 0], [0])).toEqual([[0, 0], [0]]);
  });

  test("to NaN where one is infinite and the length of all counts, as in Keras", () => {
    expect(clipped({ globalClipnorm: 1 }, [3, 4], [Infinity])).toEqual([[Number.NaN, Number.NaN], [Number.NaN]]);
  });

  test("number by number", () => {
    expect(clipped({ clipvalue: 2 }, [3, -4], [1])).toEqual([[2, -2], [1]]);
  });

  test("not at all for a limit of 0", () => {
    expect(clipGradients(gradients, resolveOptions("SGD", { clipnorm: 0 }))).toBe(gradients);
  });
});

describe("errors", () => {
  test("name the option and what came", () => {
    expect(() => adam({ beta1: 1 })).toThrow("beta1 of Adam must be from 0 to below 1; 1 came");
    expect(() => adamW({ epsilon: -1 })).toThrow("epsilon of AdamW must be positive; -1 came");
    expect(() => sgd({ momentum: -0.1 })).toThrow("momentum of SGD must be from 0 to 1; -0.1 came");
    expect(() => rmsprop({ epsilon: 0 })).toThrow("epsilon of RMSprop must be positive; 0 came");
    expect(() => lion({ beta1: 0 })).toThrow("beta1 of Lion must be above 0 and at most 1; 0 came");
    expect(() => adagrad({ initialAccumulatorValue: -1 })).toThrow("initialAccumulatorValue of Adagrad");
    expect(() => sgd({ learningRate: -1 })).toThrow("-1 came");
    expect(() => optimizers.get("adams")).toThrow('did you mean "adam"?');
  });

  test("name what is wrong with an option that all optimizers have", () => {
    expect(() => sgd({ clipnorm: -1 })).toThrow("clipnorm of SGD must be a number from 0 on; -1 came");
    expect(() => sgd({ weightDecay: Number.NaN })).toThrow("weightDecay of SGD");
    expect(() => sgd({ clipnorm: 1, clipvalue: 2 })).toThrow(
      "SGD clips gradients in one way: clipnorm, globalClipnorm or clipvalue; clipnorm 1 and clipvalue 2 came",
    );
    expect(() => sgd({ useEma: true, emaMomentum: 2 })).toThrow("emaMomentum of SGD must be from 0 to 1; 2 came");
    expect(() => sgd({ emaOverwriteFrequency: 0.5 })).toThrow(
      "emaOverwriteFrequency of SGD must be a whole number from 1 on; 0.5 came",
    );
    expect(() => sgd({ gradientAccumulationSteps: 1 })).toThrow(
      "gradientAccumulationSteps of SGD must be a whole number from 2 on; 1 came",
    );
  });

  test("say which setting of a file is none", () => {
    const read = (config: Record<string, string>): unknown => optimizers.fromConfig(new ConfigReader("SGD", config));
    expect(() => read({ learning_rate: "fast" })).toThrow('"learning_rate" of SGD must be a number; "fast" came');
    expect(() => read({ nesterov: "yes" })).toThrow('"nesterov" of SGD must be true or false');
  });
});

/** A training for tests of callbacks that are called by hand. */
import { dense } from "../../layers/dense.ts";
import { input } from "../../layers/input-layer.ts";
import { sequential } from "../../model/sequential.ts";
import type { Sequential } from "../../model/sequential.ts";
import { sgd } from "../../optimizers/sgd.ts";
import type { TrainingView } from "../../training/callback.ts";
import { History } from "../../training/history.ts";
import type { Trainer } from "../../training/trainer.ts";

/** What its callbacks have reported. */
export interface TestView extends TrainingView {
  readonly model: Sequential;
  readonly reported: Record<string, number>;
}

/** A training of a compiled model that never runs. */
export function trainingView({
  learningRate = 0.1,
  ...rest
}: Partial<TrainingView> & { readonly learningRate?: number } = {}): TestView {
  const model = sequential([input([1]), dense(1)]);
  model.compile({ optimizer: sgd({ learningRate }), loss: "mse" });
  const { optimizer, state } = model.compiled as Trainer;
  const reported: Record<string, number> = {};
  return {
    optimizer,
    optimizerState: state,
    callbacks: [],
    stopTraining: false,
    allowNonFinite: false,
    history: new History(100, 1),
    seed: 0,
    epochs: 100,
    steps: 1,
    betterOf: (figure) => ({ loss: "smaller" as const, accuracy: "larger" as const })[figure],
    figureState: undefined,
    resumeAt: () => {},
    report: (figure, value) => {
      reported[figure] = value;
    },
    ...rest,
    model,
    reported,
  };
}

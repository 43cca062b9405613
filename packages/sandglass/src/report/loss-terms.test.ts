import { expect, test } from "vitest";
import { lossTerms } from "./loss-terms.ts";

test("training and validation of a term belong together; the loss comes first", () => {
  const history = [
    { kl: 1, loss: 3, reconstruction: 2, val_kl: 1.5, val_loss: 3.5, val_reconstruction: 2.5 },
    { kl: 2, loss: 2, reconstruction: 1, val_kl: 2.5, val_loss: 2.5, val_reconstruction: 1.5 },
  ];
  expect(lossTerms(history, "bce")).toEqual([
    { key: "loss", name: "Loss", training: [3, 2], validation: [3.5, 2.5] },
    {
      key: "kl",
      name: "KL divergence",
      meaning: "how far codes are from the prior",
      training: [1, 2],
      validation: [1.5, 2.5],
    },
    {
      key: "reconstruction",
      name: "Reconstruction",
      meaning: "the part of the loss that compares with the sample",
      training: [2, 1],
      validation: [2.5, 1.5],
    },
  ]);
});

test("a loss of a single term has its name", () => {
  expect(lossTerms([{ loss: 1, mse: 0.1 }], "bce").map(({ name }) => name)).toEqual([
    "Binary crossentropy, the loss",
    "Mean squared error",
  ]);
});

test("columns may come and go with the phases, and be called as they like", () => {
  const terms = lossTerms([{ loss: 1 }, { loss: 2, critic_score: 5 }], "my loss");
  expect(terms.map(({ name, training, validation }) => ({ name, training, validation }))).toEqual([
    { name: "Loss", training: [1, 2], validation: undefined },
    { name: "Critic score", training: [Number.NaN, 5], validation: undefined },
  ]);
});

test("a metric that is the loss once more, and what is nowhere a number, have no curve", () => {
  const history = [{ loss: 1, mse: 1, mae: 0.5, broken: Number.NaN }];
  expect(lossTerms(history, "mse").map(({ key }) => key)).toEqual(["loss", "mae"]);
  expect(lossTerms([], "mse")).toEqual([]);
});

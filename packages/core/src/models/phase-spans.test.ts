import { expect, test } from "vitest";
import type { Phase } from "./model-family.ts";
import { phaseSpans } from "./phase-spans.ts";

/** Two layers and fine-tuning, with these shares of the epochs. */
function phases(...shares: readonly number[]): [Phase, ...Phase[]] {
  const steps = (): never => {
    throw new Error("nothing is trained here");
  };
  return shares.map((share, index) => ({
    kind: "trained",
    name: index === shares.length - 1 ? "fine-tuning" : `layer ${index + 1}`,
    share,
    inputs: [],
    steps,
  })) as unknown as [Phase, ...Phase[]];
}

const ends = (...[network, plan, state]: Parameters<typeof phaseSpans>): number[] =>
  phaseSpans(network, plan, state).map(({ to }) => to);

test.each([
  [[1, 1, 1], 9, [3, 6, 9]],
  [[2, 2, 1], 25, [10, 20, 25]],
  // However small its share, each part has an epoch, and all of them together have no more than there are.
  [[0.495, 0.495, 0.01], 3, [1, 2, 3]],
  [[0.01, 0.01, 0.98], 4, [1, 2, 4]],
])("shares of %j divide %d epochs", (shares, epochs, expected) => {
  expect(ends({ phases: phases(...shares) }, { epochs, initialEpoch: 0 })).toEqual(expected);
});

test("fewer epochs than parts are refused", () => {
  expect(() => phaseSpans({ phases: phases(1, 1, 1) }, { epochs: 2, initialEpoch: 0 })).toThrow(
    new RangeError(
      "epochs must be at least 3, one for each part of the training (layer 1, layer 2, fine-tuning); 2 came",
    ),
  );
});

test("what is over stays over, and the part at hand goes on", () => {
  const network = { phases: phases(1, 1, 1) };
  const state = { phase: 2, from: 6 };
  expect(ends(network, { epochs: 9, initialEpoch: 7 }, state)).toEqual([3, 6, 9]);
  expect(ends(network, { epochs: 30, initialEpoch: 9 }, state)).toEqual([5, 6, 30]);
  expect(ends(network, { epochs: 7, initialEpoch: 7 }, state)).toEqual([2, 6, 7]);
});

test("with fewer epochs than planned, no part is left out", () => {
  const network = { phases: phases(1, 1, 1) };
  const state = { phase: 0, from: 0 };
  // Of 24 epochs 7 were done, of which the first part now would have had 3.
  expect(ends(network, { epochs: 9, initialEpoch: 7 }, state)).toEqual([7, 8, 9]);
  expect(() => phaseSpans(network, { epochs: 8, initialEpoch: 7 }, state)).toThrow(
    new RangeError(
      "7 epochs are done, so that epochs must be at least 9, one for each part of the training that is left " +
        "(layer 2, fine-tuning); 8 came",
    ),
  );
});

test("a training does not go on before the part that its state belongs to", () => {
  const network = { phases: phases(1, 1, 1) };
  const state = { phase: 2, from: 6 };
  expect(() => phaseSpans(network, { epochs: 9, initialEpoch: 4 }, state)).toThrow(
    new RangeError(
      'the training stands in its part "fine-tuning", which began after 6 epochs; initialEpoch must be 6 or more to go ' +
        "on with it, or 0 to begin anew; 4 came",
    ),
  );
  expect(ends(network, { epochs: 9, initialEpoch: 0 }, state)).toEqual([3, 6, 9]);
  expect(ends(network, { epochs: 9, initialEpoch: 6 }, state)).toEqual([3, 6, 9]);
});

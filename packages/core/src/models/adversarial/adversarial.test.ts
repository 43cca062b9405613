import { expect, test } from "vitest";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { adversarial } from "./adversarial.ts";

describeFamily(adversarial.family, "adversarial", { options: { preset: "fast" }, figure: "reconstruction" });
describeFamily(adversarial.family, "adversarial: dense", {
  options: { units: [32], code: 3, discriminatorUnits: [16], loss: "mse" },
  figure: "reconstruction",
});

test("a third network looks at the codes", () => {
  const model = adversarial({ units: [20], code: 4, discriminatorUnits: [10, 5] });
  model.build(waves([12], 8, { negative: true }));
  const [, encoder, decoder, discriminator] = model.model.layers;
  // (12 + 1)·20 + (20 + 1)·4, (4 + 1)·20 + (20 + 1)·12, (4 + 1)·10 + (10 + 1)·5 + (5 + 1)
  expect(encoder!.countParams()).toBe(344);
  expect(decoder!.countParams()).toBe(352);
  expect(discriminator!.countParams()).toBe(111);
});

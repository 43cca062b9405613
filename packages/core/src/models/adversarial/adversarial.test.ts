import { expect, test } from "vitest";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { adversarial } from "./adversarial.ts";
import { mismatchWarnings } from "./mismatch-warnings.ts";

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

test("warns of codes that the discriminator has told from the prior for three epochs", () => {
  const told = { accuracy_prior: 0.97, accuracy_codes: 0.99 };
  const [warning] = mismatchWarnings([told, told, told]);
  expect(warning!.title).toBe("The codes are not spread like the prior");
  expect(warning!.text).toMatch(/told at least 97 % of the codes from drawn ones/);
  expect(mismatchWarnings([told, told])).toEqual([]);
  expect(mismatchWarnings([told, told, { ...told, accuracy_codes: 0.9 }])).toEqual([]);
});

test("shows codes among as many points of the prior", async () => {
  const model = adversarial({ units: [8], code: 3, discriminatorUnits: [4] });
  const data = waves([12], 30);
  model.build(data);
  const exhibits = await model.exhibits(data);
  const map = exhibits.find(({ title }) => title === "Codes and the prior");
  if (map?.kind !== "scatter") throw new Error("a map of codes and the prior was expected");
  expect(map.points.length).toBe(2 * 60);
  const codes = await model.encode(data);
  expect([...map.points.subarray(0, 4)]).toEqual([codes[0], codes[1], codes[3], codes[4]]);
  expect([...map.labels!]).toEqual([...Array<number>(30).fill(0), ...Array<number>(30).fill(1)]);
  await model.dispose();
});

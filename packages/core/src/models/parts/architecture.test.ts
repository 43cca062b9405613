import { expect, test } from "vitest";
import type { ArchitectureChoices } from "./architecture.ts";
import { decideArchitecture } from "./architecture.ts";

const open: ArchitectureChoices = {
  preset: "balanced",
  architecture: undefined,
  code: undefined,
  layers: undefined,
  units: undefined,
  filters: undefined,
  decoderFilters: undefined,
};
const [image, table] = [[28, 28, 1], [12]];

test("images have convolutions, and tables dense layers", () => {
  expect(decideArchitecture("vae", image, open)).toMatchObject({
    architecture: "conv",
    code: 32,
    filters: [16, 32, 64],
    decoderFilters: [64, 32, 16],
    units: undefined,
  });
  expect(decideArchitecture("vae", table, open)).toMatchObject({ architecture: "dense", code: 4, filters: undefined });
});

test("sizes that are given say which", () => {
  expect(decideArchitecture("vae", image, { ...open, units: [50] }).architecture).toBe("dense");
  expect(decideArchitecture("vae", image, { ...open, layers: 3 }).architecture).toBe("dense");
  expect(decideArchitecture("vae", table, { ...open, filters: [8] }).architecture).toBe("conv");
  expect(decideArchitecture("vae", table, { ...open, architecture: "conv" }).filters).toEqual([16]);
});

test("what is decided decides itself", () => {
  for (const shape of [image, table]) {
    const decided = decideArchitecture("vae", shape, open);
    expect(decideArchitecture("vae", shape, decided)).toEqual(decided);
  }
});

test("sizes of the other architecture are refused", () => {
  expect(() => decideArchitecture("vae", image, { ...open, architecture: "conv", layers: 2 })).toThrow(
    'the convolutional model "vae" takes no layers and units; give units with the architecture "dense"',
  );
  expect(() => decideArchitecture("vae", image, { ...open, units: [5], filters: [5] })).toThrow(
    'the fully connected model "vae" takes no filters',
  );
});

import { optimizerNames } from "@sandglass/core";
import { expect, test } from "vitest";
import { OPTIMIZERS } from "./training-options.ts";

test("help names the optimizers that there are, without loading them", () => {
  expect(OPTIMIZERS).toEqual(optimizerNames);
});

import { optimizerNames } from "@sandglass/core";
import { expect, test } from "vitest";
import { OPTIMIZERS } from "./train.ts";

test("help names the optimizers that there are, without loading them", () => {
  expect(OPTIMIZERS).toEqual(optimizerNames);
});

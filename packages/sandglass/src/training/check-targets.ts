import { modelFamilies, type ModelFamily } from "@sandglass/core";
import { UserError } from "../errors.ts";

/**
 * Makes sure that a model can be asked to make targets of samples.
 *
 * @throws UserError when it cannot; it names the models that can.
 */
export function checkLearnsTargets({ name, learnsTargets }: ModelFamily): void {
  if (learnsTargets === true) return;
  const others = modelFamilies.filter((family) => family.learnsTargets === true).map((family) => family.name);
  throw new UserError(
    `--target says what to make of each image, and the model "${name}" learns only what images look like; ` +
      `leave it out, or take one of ${others.join(", ")}`,
    { exitCode: 2 },
  );
}

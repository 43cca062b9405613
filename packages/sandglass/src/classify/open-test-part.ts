import type { Warning } from "@sandglass/core";
import { MissingPartError, UserError } from "../errors.ts";
import { openForUse, type OpenServices, type Preparation, type UsableData } from "../sources/index.ts";

/** The test part, or what is wrong with it; neither where there is none. */
export interface TestPart {
  readonly test?: UsableData;
  readonly warning?: Warning;
}

/** Opens the test part of what was trained on. The training is done: what cannot be opened costs no more than its figures. */
export async function openTestPart(
  source: string,
  preparation: Preparation,
  seed: number,
  services: OpenServices,
): Promise<TestPart> {
  try {
    const unreadable = preparation.kind === "images" ? 1 : undefined;
    const test = await openForUse(source, preparation, { half: "test", unreadable, seed }, services);
    if (test.half === "test" && test.data.labels !== undefined) return { test };
    await test.close();
    return test.half === "test" ? { warning: unmeasured("its samples have no labels that the classifier knows") } : {};
  } catch (error) {
    if (error instanceof MissingPartError) return {};
    if (error instanceof UserError) return { warning: unmeasured(error.message) };
    throw error;
  }
}

function unmeasured(reason: string): Warning {
  return {
    title: "The test part was not measured.",
    text: `The figures are those of other samples: ${reason}. Mend it, and measure with sandglass classify evaluate.`,
  };
}

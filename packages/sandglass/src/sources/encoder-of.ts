import { tables } from "@sandglass/core";
import type { Preparation } from "./source-kind.ts";

/** What makes rows of a table of a model's samples, in the user's own columns; undefined where samples are no rows. */
export function encoderOf(preparation: Preparation): tables.TableEncoder | undefined {
  const preprocessing = preparation.kind === "images" ? undefined : preparation.preprocessing;
  return preprocessing && new tables.TableEncoder(preprocessing);
}

import type { Preparation, TrainingRequest } from "./source-kind.ts";

/** The share of images that may be unreadable where a run is used: as many as when it was made. Of rows of a table any may be. */
export function unreadableShare({ kind }: Preparation, { choices }: TrainingRequest): number | undefined {
  return kind === "images" ? choices.unreadable : undefined;
}

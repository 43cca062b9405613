/** What `sandglass reconstruct` does. */
import { encoderOf } from "../sources/index.ts";
import { findRun } from "../runs/last-run.ts";
import { loadPreparation } from "../runs/load-run.ts";
import type { ReconstructArguments } from "./commands/reconstruct.ts";
import type { Context } from "./context.ts";
import { checkTableTarget, reconstructTable } from "./reconstruct-table.ts";
import { checkPictureTarget, reconstructImages } from "./reconstruct-images.ts";

export async function runReconstruct(
  context: Context,
  run: string,
  source: string,
  given: ReconstructArguments,
): Promise<void> {
  const encoder = encoderOf(await loadPreparation(await findRun(run)));
  // Before anything is computed.
  if (encoder === undefined) {
    await checkPictureTarget(run, given);
    await reconstructImages(context, run, source, given);
  } else {
    await checkTableTarget(run, given);
    await reconstructTable(context, encoder, run, source, given);
  }
}

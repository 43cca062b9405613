/** What `sandglass explore` does. */
import { dirname } from "node:path";
import { makeFolder } from "../data/make-folder.ts";
import { explore, renderExploration, type Exploration } from "../explore/index.ts";
import { commandText } from "../runs/command-text.ts";
import { writeWholeFile } from "../runs/write-file.ts";
import { checkFree } from "./check-free.ts";
import type { ExploreArguments } from "./commands/explore.ts";
import type { Context } from "./context.ts";
import { dataChoices } from "./data-options.ts";
import { openServices } from "./open-services.ts";
import type { Output } from "./output.ts";
import { stepDisplay } from "./step-display.ts";
import { formatPairs } from "./table.ts";
import { withDevice } from "./with-device.ts";

export async function runExplore(context: Context, source: string, given: ExploreArguments): Promise<void> {
  const { output, globals, signal } = context;
  const { out, force = false, augment } = given;
  await checkFree(out, { force, what: "page", example: "explore.html" });
  const progress = stepDisplay(output);
  try {
    const exploration = await withDevice(globals, (device) =>
      explore(
        source,
        { choices: dataChoices(given), augment, seed: globals.seed ?? 0 },
        { ...openServices(context), progress, device },
      ),
    );
    for (const note of exploration.notes) output.note(`${exploration.name}: ${note}`);
    progress.begin("writing the page", 0);
    const page = await renderExploration(exploration);
    signal.throwIfAborted();
    await makeFolder(dirname(out));
    await writeWholeFile(out, page);
    progress.end();
    output.result(describe(output, exploration, out), {
      page: out,
      ...exploration.figures,
      ...(exploration.command && { command: commandText(exploration.command) }),
    });
  } finally {
    progress.end();
  }
}

function describe({ resultColors: colors }: Output, { summary, advice, command }: Exploration, out: string): string {
  const marks = { serious: colors.red("!"), notable: colors.yellow("·"), hint: colors.dim("·") } as const;
  return [
    formatPairs([...summary, ["page", colors.bold(out)]]),
    "",
    ...(advice.length === 0
      ? ["Nothing stands out."]
      : advice.flatMap(({ weight, reason, text }) => [`${marks[weight]} ${reason}`, `  ${text}`])),
    "",
    command === undefined
      ? "As they are, there is nothing to train on."
      : `Train: ${colors.bold(commandText(command))}`,
  ].join("\n");
}

import { Command } from "commander";
import type { DataChoices } from "../../sources/index.ts";
import type { Context } from "../context.ts";
import { addDataOptions } from "../data-options.ts";

export interface ExploreArguments extends DataChoices {
  readonly out: string;
  readonly force?: true;
  readonly augment?: string;
}

const EXAMPLES = `
Examples:
  $ sandglass explore photos
  $ sandglass explore chest_xray --group "^(person\\d+)" --out xrays.html
  $ sandglass explore "tiles/**/*.jpg" --augment "flip,rotate=10" --force
  $ sandglass explore deliveries.csv --label late
  $ sandglass explore fashion-mnist --json

Nothing is trained. The page shows how many there are of what, what cannot be read, what is there twice or in two parts of
the set, whose labels are doubtful and what is unlike all else, and ends with the training that fits.`;

/** `sandglass explore DATA` */
export function exploreCommand(context: () => Context): Command {
  const command = new Command("explore")
    .description("look at data before training: one page with what is in them, and what is wrong with them")
    .argument("<data>", "a data set (sandglass datasets), a folder of images, a table, or a file of arrays")
    .option("-o, --out <file>", "the page", "explore.html")
    .option("--force", "replace a file that is there already")
    .option("--augment <list>", 'show what changing samples at random does: "flip,rotate=10,zoom=0.1"');
  addDataOptions(command);
  return command.addHelpText("after", EXAMPLES).action(async (source: string, options: ExploreArguments) => {
    const { runExplore } = await import("../run-explore.ts");
    await runExplore(context(), source, options);
  });
}

import { Command } from "commander";
import type { Half } from "../../sources/index.ts";
import type { Context } from "../context.ts";
import { wholeNumber } from "../option-parsers.ts";
import { refuseDataOptions, splitOption } from "../use-options.ts";

const EXAMPLES = `
Examples:
  $ sandglass layers runs/last fashion-mnist --sample 7
  $ sandglass layers runs/last photo.jpg --out photo.html
  $ sandglass layers runs/last photos --layer conv2d_1 --force

For each convolution of the encoder or the classifier the page shows its filters and what each of them answers to in the image. What a
kernel of one's own does to an image shows sandglass filter.`;

export interface LayersArguments {
  readonly split: Half;
  readonly sample: number;
  readonly layer?: readonly string[];
  readonly out: string;
  readonly force?: boolean;
}

/** `sandglass layers RUN DATA` */
export function layersCommand(context: () => Context): Command {
  const command = new Command("layers")
    .description("show what a trained network sees in an image: its filters and feature maps, layer by layer")
    .argument("<run>", "the run's folder, such as runs/last")
    .argument("<data>", "an image, or data like those of the run")
    .option("--sample <number>", "which image of the data, counted from 0", wholeNumber(0), 0)
    .addOption(splitOption())
    .option("--layer <names>", "layers to look at, such as conv2d,conv2d_1 (default: all convolutions)", namesOf)
    .option("-o, --out <file>", "the page", "layers.html")
    .option("--force", "replace a file that is there already")
    .addHelpText("after", EXAMPLES)
    .action(async (run: string, source: string, options: LayersArguments) => {
      const { runLayers } = await import("../run-layers.ts");
      await runLayers(context(), run, source, options);
    });
  return refuseDataOptions(command);
}

/** `conv2d,conv2d_1` */
function namesOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

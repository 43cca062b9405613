import { Command } from "commander";
import type { Context } from "../context.ts";
import { oneOf, wholeNumber } from "../option-parsers.ts";

const EXAMPLES = `
Examples:
  $ sandglass filter photo.jpg --kernel edge
  $ sandglass filter photo.jpg --kernel sharpen --padding same --out sharp.png
  $ sandglass filter image.json --kernel kernel.json --stride 2 --json

Kernels: edge, laplacian, vertical-edge, horizontal-edge, sobel-x, sobel-y, sharpen, blur, box-blur, emboss, identity; or a JSON
file with rows of numbers, such as [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]. edge is what a pixel differs from its eight neighbours,
[[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]; what courses call so may be another one of these. An image may be such a file, too.
Pixels count from 0 (black) to 1 (white). --json prints every number of the result.`;

export interface FilterArguments {
  readonly kernel: string;
  readonly padding: "valid" | "same";
  readonly stride: number;
  readonly grey?: boolean;
  readonly out: string;
  readonly zoom: number;
  readonly force?: boolean;
}

/** `sandglass filter IMAGE` */
export function filterCommand(context: () => Context): Command {
  return new Command("filter")
    .description("see what a convolution does: slide a kernel over an image")
    .argument("<image>", "a picture, or a JSON file with rows of numbers")
    .option("--kernel <name>", "a kernel by its name, or a JSON file with rows of numbers", "edge")
    .option(
      "--padding <kind>",
      "valid: where the kernel fits in; same: as large as the image, with zeros around it",
      oneOf(["valid", "same"]),
      "valid",
    )
    .option("--stride <pixels>", "from one place of the kernel to the next", wholeNumber(1, 10_000), 1)
    .option("--grey", "of a picture in color, its brightness; otherwise each color by itself")
    .option("-o, --out <file>", "the picture, a PNG file", "filtered.png")
    .option("--zoom <factor>", "how many times to enlarge the picture", wholeNumber(1, 64), 1)
    .option("--force", "replace a file that is there already")
    .addHelpText("after", EXAMPLES)
    .action(async (image: string, options: FilterArguments) => {
      const { runFilter } = await import("../run-filter.ts");
      await runFilter(context(), image, options);
    });
}

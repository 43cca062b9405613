import { Command } from "commander";
import type { Context } from "../context.ts";
import type { TrainArguments } from "../run-train.ts";
import { addTrainingOptions } from "../training-options.ts";

const EXAMPLES = `
Every model has options of its own, such as --code, --loss and --preset fast|balanced|best: sandglass models NAME lists them.

Examples:
  $ sandglass train wardrobe
  $ sandglass train fashion-mnist --model conv --epochs 10
  $ sandglass train fashion-mnist --model deep --code 30 --units 100 --validation 5000 --patience 3
  $ sandglass train mnist --model vae --code 2 --preset best
  $ sandglass train photos --size 64 --model conv --code 64
  $ sandglass train chest_xray --color grey --size 128 --group "^(person\\d+)" --validation 0.2
  $ sandglass train noisy --target clean --size 64 --patches 8
  $ sandglass train deliveries.csv --ignore order_id --label late
  $ sandglass train scans-images-idx3-ubyte.gz --model denoising --out runs/scans`;

/** `sandglass train DATA` */
export function trainCommand(context: () => Context): Command {
  const command = new Command("train")
    .description("train a model, and leave a run folder with it and a report")
    .usage("[options] <data> [options of the model]")
    .argument("<data...>", "a data set (sandglass datasets), a folder of images, a table, or a file of arrays")
    .option("-m, --model <name>", "kind of model: sandglass models (default: conv for images, deep for all else)");
  addTrainingOptions(command, {
    epochs: "the model's own",
    batchSize: "the model's own",
    optimizer: "the model's own",
    learningRate: "the optimizer's own",
    run: "<date-time>-<data>-<model>",
  });
  return (
    command
      // The model's options are known once it is.
      .allowUnknownOption()
      .addHelpText("after", EXAMPLES)
      .action(async (words: readonly string[], options: TrainArguments, command: Command) => {
        const { runTrain } = await import("../run-train.ts");
        const flags = command.options.flatMap(({ long }) => long ?? []);
        await runTrain(context(), { words, flags }, options);
      })
  );
}

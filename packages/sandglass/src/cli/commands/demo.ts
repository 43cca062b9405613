import { Command } from "commander";
import type { Context } from "../context.ts";

/** Enough to see every class come back, in half a minute on two cores. */
const COUNT = 10_000;
const EPOCHS = 12;

/** So few numbers that what PCA lacks can be seen. */
const MODEL = ["--code", "16"];

/** `sandglass demo` */
export function demoCommand(context: () => Context): Command {
  return new Command("demo")
    .description("draw 10,000 pieces of clothing, train a convolutional autoencoder on them, and report")
    .addHelpText("after", "\nExample:\n  $ sandglass demo\n\nNeeds no network, and takes about half a minute.")
    .action(async () => {
      const { runTrain } = await import("../run-train.ts");
      const given = context();
      const words = ["train", "wardrobe", "--count", String(COUNT), "--epochs", String(EPOCHS), ...MODEL];
      // In the report stands how to repeat the demo as an ordinary training.
      const globals = given.commandLine.filter((word) => word !== "demo");
      given.output.note(`Drawing ${COUNT.toLocaleString("en-US")} pieces of clothing …`);
      await runTrain(
        { ...given, commandLine: [...words, ...globals] },
        { words: ["wardrobe", ...MODEL], flags: [] },
        {
          model: "conv",
          count: COUNT,
          epochs: EPOCHS,
          validation: 0.1,
        },
      );
    });
}

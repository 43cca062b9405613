import { Command } from "commander";
import type { Context } from "../context.ts";

const EXAMPLES = `
Examples:
  $ sandglass models
  $ sandglass models vae
  $ sandglass models --json`;

/** `sandglass models [NAME]` */
export function modelsCommand(context: () => Context): Command {
  return new Command("models")
    .description("list the kinds of models: what each is for, its options and what it costs")
    .argument("[name]", "show all of one model")
    .addHelpText("after", EXAMPLES)
    .action(async (name?: string) => {
      const { runModels } = await import("../run-models.ts");
      runModels(context(), name);
    });
}

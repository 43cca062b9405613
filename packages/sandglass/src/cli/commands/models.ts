import { Command } from "commander";
import type { Context } from "../context.ts";
import { formatTable } from "../table.ts";

/** The size that models are described for. */
const SHAPE = [28, 28, 1] as const;

/** `sandglass models` */
export function modelsCommand(context: () => Context): Command {
  return new Command("models")
    .description("list the kinds of autoencoders, with their own settings")
    .addHelpText("after", "\nExamples:\n  $ sandglass models\n  $ sandglass models --json")
    .action(async () => {
      const { modelFamilies } = await import("@sandglass/core");
      const models = modelFamilies.map(({ build, ...family }) => {
        const { model, encoder } = build(SHAPE);
        return { ...family, parameters: model.countParams(), code: encoder.outputs[0]?.shape ?? [] };
      });
      const rows = models.map(({ name, title, parameters, code, training }) => {
        const { epochs, batchSize, optimizer, loss } = training;
        const settings = `${epochs} epochs, batch ${batchSize}, ${optimizer}, ${loss}`;
        return [name, title, parameters.toLocaleString("en-US"), code.join("×"), settings];
      });
      const table = formatTable(["model", "what it is", "parameters", "code", "trained by default"], rows);
      const notes = models.map(({ name, fits, source }) => `${name}: ${fits}. After ${source}.`);
      const { output } = context();
      output.result(`${table}\n\nParameters and code are those for images of 28×28×1.\n${notes.join("\n")}`, {
        models,
      });
    });
}

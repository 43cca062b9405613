import { Command } from "commander";
import type { Context } from "../context.ts";
import { formatTable } from "../table.ts";

/** `sandglass datasets` */
export function datasetsCommand(context: () => Context): Command {
  return new Command("datasets")
    .description("list the data sets that have a name, and where each was found")
    .addHelpText("after", "\nExamples:\n  $ sandglass datasets\n  $ sandglass datasets --data-dir ~/data --json")
    .action(async () => {
      const [{ namedSets }, { whereabouts }] = await Promise.all([
        import("../../data/registry.ts"),
        import("../whereabouts.ts"),
      ]);
      const { output, globals } = context();
      const sets = await Promise.all(
        namedSets.map(async (set) => {
          const { name, title, shape, counts, licence, citation } = set;
          return { name, title, shape, counts, licence, citation, ...(await whereabouts(set, globals.dataDir)) };
        }),
      );
      const rows = sets.map(({ name, shape, counts, where, licence }) => {
        const samples = `${counts.train.toLocaleString("en-US")} + ${counts.test.toLocaleString("en-US")}`;
        return [name, samples, shape.join("×"), licence, where];
      });
      const table = formatTable(["data set", "train + test", "sample", "licence", "where"], rows);
      const titles = sets.map(({ name, title, citation }) => `${name}: ${title} (${citation})`);
      output.result(`${table}\n\n${titles.join("\n")}`, { datasets: sets });
    });
}

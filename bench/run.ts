/** `npm run bench`: runs every case, prints the tables and writes the result. Progress goes to standard error. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BENCH_FOLDER } from "./interpreters.ts";
import { describeMachine } from "./machine.ts";
import { measureCase } from "./measure.ts";
import { parseCommand, USAGE, type Options } from "./options.ts";
import { writeResult, type BenchmarkResult, type CaseResult } from "./results.ts";
import { renderCase, renderResult } from "./table.ts";
import { modesOf, workloadByName } from "./workloads.ts";

async function main(args: readonly string[]): Promise<void> {
  const command = parseCommand(args);
  if (command.kind === "help") {
    process.stdout.write(USAGE);
  } else if (command.kind === "show") {
    process.stdout.write(`${renderResult(JSON.parse(await readFile(command.file, "utf8")) as BenchmarkResult)}\n`);
  } else {
    await run(command.options, ["npm run bench", ...(args.length > 0 ? ["--", ...args] : [])].join(" "));
  }
}

async function run(options: Options, command: string): Promise<void> {
  const date = new Date().toISOString();
  const cases: CaseResult[] = [];
  for (const threads of options.threads) {
    for (const workload of options.workloads) {
      for (const mode of modesOf(workloadByName(workload)).filter((each) => options.modes.includes(each))) {
        progress(`${workload}, ${mode}, ${threads} thread(s)`);
        const result = await measureCase(
          { workload, mode, batch: options.batch, threads },
          options.peers,
          options.effort,
          progress,
        );
        cases.push(result);
        process.stdout.write(`${renderCase(result)}\n\n`);
        // Written after every case, so that a run that is cut short keeps what it measured.
        const path = await writeResult(join(BENCH_FOLDER, "results"), {
          name: options.name,
          date,
          command,
          machine: describeMachine(),
          cases,
        });
        progress(`written to ${path}`);
      }
    }
  }
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

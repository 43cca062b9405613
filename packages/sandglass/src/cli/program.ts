/** The program with all of its commands. What a command does is loaded when it runs, so that help is there at once. */
import { Command } from "commander";
import { version } from "../version.ts";
import { classifyCommand } from "./commands/classify.ts";
import { datasetsCommand } from "./commands/datasets.ts";
import { demoCommand } from "./commands/demo.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { exploreCommand } from "./commands/explore.ts";
import { filterCommand } from "./commands/filter.ts";
import { judgeCommand } from "./commands/judge.ts";
import { layersCommand } from "./commands/layers.ts";
import { modelsCommand } from "./commands/models.ts";
import { reconstructCommand } from "./commands/reconstruct.ts";
import { resumeCommand } from "./commands/resume.ts";
import { sampleCommand } from "./commands/sample.ts";
import { trainCommand } from "./commands/train.ts";
import { addGlobalOptions } from "./context.ts";
import type { Context, GlobalOptions } from "./context.ts";

const EXAMPLES = `
Examples:
  $ sandglass demo
  $ sandglass explore photos
  $ sandglass train fashion-mnist --model conv --epochs 10
  $ sandglass train photos --size 64
  $ sandglass train deliveries.csv --label late
  $ sandglass evaluate runs/last fashion-mnist
  $ sandglass reconstruct runs/last fashion-mnist --out pictures
  $ sandglass classify train chest_xray --base mobilenetv2

DATA is a data set's name (sandglass datasets); a folder, a pattern ("photos/**/*.jpg") or a zip archive of images; a table (CSV, TSV,
Parquet, JSON); or arrays (NPY, NPZ, IDX, CIFAR).
RUN is the folder of a training; runs/last is the newest one.`;

/** The commands, which report errors by throwing. */
export function createProgram(services: Omit<Context, "globals">): Command {
  const program = new Command("sandglass");
  const contextOf = (): Context => ({ ...services, globals: program.opts<GlobalOptions>() });
  program
    .description("Autoencoders: learn what unlabelled images and tables look like, and put that to work.")
    .version(version)
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    // Errors are thrown, and printed in one place.
    .configureOutput({ outputError: () => undefined, writeErr: (text) => process.stderr.write(text) })
    .exitOverride()
    .addHelpText("after", EXAMPLES);
  addGlobalOptions(program);
  const commands = [
    exploreCommand,
    trainCommand,
    resumeCommand,
    evaluateCommand,
    reconstructCommand,
    sampleCommand,
    judgeCommand,
    classifyCommand,
    demoCommand,
    modelsCommand,
    datasetsCommand,
    filterCommand,
    layersCommand,
  ];
  for (const define of commands) {
    const command = define(contextOf).copyInheritedSettings(program);
    for (const subcommand of command.commands) subcommand.copyInheritedSettings(command);
    program.addCommand(command);
  }
  return program;
}

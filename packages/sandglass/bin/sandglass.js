#!/usr/bin/env node
// Starts the command line. The sources are TypeScript, which Node runs as they are from 22.18 on; an older Node starts
// this file again with the Node that the development dependency `node` brings, where there is one. So this file itself is
// JavaScript that any Node from 16 on understands.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module, { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

if (runsTypeScript(process.versions.node)) {
  // Keeps the stripped and compiled sources between calls.
  module.enableCompileCache();
  const { main } = await import("../src/cli/main.ts");
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = newerNode();
  if (node === undefined) {
    console.error(
      `sandglass: this is Node ${process.versions.node}, and Sandglass needs 22.18 or newer.\n` +
        "Install a newer Node (https://nodejs.org), or bring one along with your project: npm install --save-dev node",
    );
    process.exitCode = 1;
  } else {
    startAgain(node);
  }
}

/** @param {string} version such as `20.20.2` */
function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** The path of the Node that the package `node` brings, if it can be resolved from here. */
function newerNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    return ["bin/node", "bin/node.exe"].map((name) => join(folder, name)).find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}

/** @param {string} node path of the program */
function startAgain(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  // A Ctrl-C in a terminal reaches the child as well; it takes two at nearly the same time for one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`sandglass: ${node} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  // As shells do: a process that a signal ended counts as 128 and the signal's number.
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128 + constants.signals[signal])));
}

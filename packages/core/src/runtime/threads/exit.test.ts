// What a device leaves behind: a process of its own shows whether threads keep it alive.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const runtime = new URL("..", import.meta.url);
const START = `
  const { Device } = await import("${new URL("device.ts", runtime).href}");
  const { Program } = await import("${new URL("program.ts", runtime).href}");
  const { ParameterStore } = await import("${new URL("parameter-store.ts", runtime).href}");
  const { inputNode } = await import("${new URL("../ops/leaf.ts", runtime).href}");
  const { mul } = await import("${new URL("../ops/elementwise.ts", runtime).href}");
  const device = await Device.create({ threads: 3 });
  const outputs = { y: mul(inputNode("x", [2]), 2) };
  const program = await Program.compile({ outputs, batchSize: 4 }, device, new ParameterStore(device));
  program.run({ count: 4, step: 0, seed: 0 });
`;

/** Runs a program in a process of its own and returns what it printed; an error where it has not ended in time. */
async function runProcess(code: string): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--eval", code], { timeout: 8000 });
  return stdout.trim();
}

test("a process whose device is idle exits by itself", async () => {
  expect(await runProcess(`${START} console.log("done");`)).toBe("done");
});

test("disposing of a device ends its threads", async () => {
  const countThreads = `() => process.report.getReport().workers.length`;
  const code = `${START}
    const count = ${countThreads};
    const before = count();
    device.dispose();
    for (let i = 0; i < 200 && count() > 0; i++) await new Promise((resolve) => setTimeout(resolve, 10));
    console.log(before, count());`;
  expect(await runProcess(code)).toBe("2 0");
});

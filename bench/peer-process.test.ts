import { expect, onTestFinished, test } from "vitest";
import { startProcess, type PeerProcess } from "./peer-process.ts";

const REQUEST = { workload: "dense-autoencoder", batch: 1, threads: 1, mode: "train" } as const;

/** Runs a program that answers each line of its input by calling `answer(request)`. */
function peer(program: string): PeerProcess {
  const script = `
    const reply = (object) => console.log(JSON.stringify(object));
    require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
      const request = JSON.parse(line);
      if (request.cmd === "quit") process.exit(0);
      ${program}
    });`;
  const started = startProcess(process.execPath, ["--eval", script]);
  onTestFinished(() => started.quit());
  return started;
}

test("a request gets the peer's reply", async () => {
  const echo = peer("reply({ ok: true, parameters: 3, versions: { workload: request.workload } })");
  expect(await echo.setup(REQUEST)).toEqual({ ok: true, parameters: 3, versions: { workload: "dense-autoencoder" } });
});

test("a peer that cannot is quoted", async () => {
  const failing = peer('reply({ ok: false, error: "no such kernel" })');
  await expect(failing.setup(REQUEST)).rejects.toThrow("no such kernel");
});

test("a peer that dies leaves the last line of its standard error", async () => {
  const dying = peer('console.error("ImportError: no module"); process.exitCode = 3; process.stdin.destroy();');
  await expect(dying.setup(REQUEST)).rejects.toThrow("the peer ended (exit code 3): ImportError: no module");
});

test("a program that does not exist is named", async () => {
  const missing = startProcess("no-such-program-anywhere", []);
  await expect(missing.setup(REQUEST)).rejects.toThrow("could not start: spawn no-such-program-anywhere ENOENT");
});

test("steps that take too long end the peer", async () => {
  const endless = peer("");
  await expect(endless.run(4, 0.05)).rejects.toThrow("4 step(s) took more than 0.05 s");
});

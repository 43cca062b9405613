import { arch, cpus, platform } from "node:os";
import { version } from "../version.ts";
import type { RunEnvironment } from "./run-record.ts";

/** What the figures of a run depend on besides what the user chose. */
export function describeEnvironment(threads: number): RunEnvironment {
  return {
    sandglass: version,
    node: process.versions.node,
    platform: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    threads,
  };
}

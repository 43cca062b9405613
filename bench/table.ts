/** Renders a result as Markdown tables, for the terminal and for a README alike. */

import { median, medianRatio } from "./statistics.ts";
import type { BenchmarkResult, CaseResult, PeerResult } from "./results.ts";

const BASELINE = "sandglass";

const GROUPS = { native: "native", javascript: "JavaScript" } as const;

/** Processors a resting peer may keep busy with housekeeping, such as collecting garbage. */
const IDLE_LOAD_ALLOWED = 0.1;

const MODES = { train: "training step", infer: "inference" } as const;

/** A heading, the machine and one table per case, fastest peer first. */
export function renderResult(result: BenchmarkResult): string {
  const { processor, cores, memoryGigabytes, platform, node } = result.machine;
  const machine = `${processor}, ${cores} cores, ${memoryGigabytes} GB, ${platform}, Node ${node}`;
  return [`${result.date.slice(0, 10)} · ${machine} · \`${result.command}\``, ...result.cases.map(renderCase)].join(
    "\n\n",
  );
}

/** One case: time per step, GFLOP/s, share of the SIMD limit, and each peer's time over Sandglass's. */
export function renderCase(result: CaseResult): string {
  const limit = median(result.simdLimit.rounds);
  const title =
    `(${result.letter}) ${result.title}: ${MODES[result.mode]}, batch ${result.batch}, ` +
    `${result.threads} thread${result.threads === 1 ? "" : "s"}, ${(result.flopsPerStep / 1e6).toFixed(1)} MFLOP a step; ` +
    `128-bit SIMD limit ${limit.toFixed(1)} GFLOP/s`;
  const baseline = result.peers.find(({ label }) => label === BASELINE);
  const rows = result.peers
    .toSorted((a, b) => median(a.rounds) - median(b.rounds))
    .map((peer) => row(peer, result, baseline));
  const header = ["peer", "threads", "median ms", "min ms", "GFLOP/s", "of the SIMD limit", "time over Sandglass"];
  const notes = [
    ...(baseline === undefined ? [] : comparison(result, baseline)),
    ...absences(result),
    ...disturbances(result),
  ];
  const table = rows.length === 0 ? "" : markdownTable(header, rows);
  return [title, table, notes.join("\n")].filter((part) => part !== "").join("\n\n");
}

function row(peer: PeerResult, result: CaseResult, baseline: PeerResult | undefined): string[] {
  const rates = peer.rounds.map((seconds) => result.flopsPerStep / seconds / 1e9);
  const time = median(peer.rounds);
  return [
    peer.label.includes("@") ? `${peer.title} (${peer.label})` : peer.title,
    String(peer.threads),
    milliseconds(time),
    milliseconds(Math.min(...peer.rounds)),
    (result.flopsPerStep / time / 1e9).toFixed(1),
    `${(100 * medianRatio(rates, result.simdLimit.rounds)).toFixed(0)} %`,
    baseline === undefined ? "–" : `${significant(medianRatio(peer.rounds, baseline.rounds))}×`,
  ];
}

/** What the table comes to: the fastest native and JavaScript peers against Sandglass. */
function comparison(result: CaseResult, baseline: PeerResult): string[] {
  return (["native", "javascript"] as const).flatMap((group) => {
    const rivals = result.peers.filter((peer) => peer.group === group);
    if (rivals.length === 0) return [];
    const fastest = rivals.reduce((best, peer) => (median(peer.rounds) < median(best.rounds) ? peer : best));
    const ratio = significant(medianRatio(fastest.rounds, baseline.rounds));
    return [`- The fastest ${GROUPS[group]} peer, ${fastest.title}, takes ${ratio}× the time of Sandglass.`];
  });
}

function absences(result: CaseResult): string[] {
  return result.absent.map(({ title, reason }) => `- ${title}: not measured: ${reason}`);
}

/** A peer that used the processor while others were timed spoils their figures. */
function disturbances(result: CaseResult): string[] {
  return result.peers
    .filter(({ idleLoads }) => median(idleLoads) > IDLE_LOAD_ALLOWED)
    .map(
      ({ title, idleLoads }) => `- ${title} used ${median(idleLoads).toFixed(2)} processors while others were timed.`,
    );
}

function milliseconds(seconds: number): string {
  return significant(seconds * 1000);
}

/** Three significant digits, never in exponent form. */
function significant(value: number): string {
  if (value >= 1000) return value.toFixed(0);
  return Number(value.toPrecision(3)).toFixed(Math.max(0, 2 - Math.floor(Math.log10(value))));
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((cell, column) =>
    Math.max(cell.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(header), rule, ...rows.map(line)].join("\n");
}

/** The table of a study as Markdown, and in words whether there is a gain. */
import type { Study } from "./study.ts";
import { gainOf, spreadOf, type Gain } from "./spread.ts";
import { SCRATCH, ways, type Way } from "./ways.ts";

/** One line a way, one column a number of labels; below, what each is better than from scratch. */
export function renderStudy({ labelsPerClass, cells }: Pick<Study, "labelsPerClass" | "cells">): string {
  const accuraciesOf = (way: string, labels: number): readonly number[] =>
    cells.filter((cell) => cell.way === way && cell.labels === labels).map(({ accuracy }) => accuracy);
  const row = (words: readonly string[]): string => `| ${words.join(" | ")} |`;
  const lines = ways.map(({ id, title }) =>
    row([title, ...labelsPerClass.map((labels) => describeSpread(accuraciesOf(id, labels)))]),
  );
  const gains = labelsPerClass.map((labels) => {
    const scratch = accuraciesOf(SCRATCH, labels);
    const parts = ways
      .filter(({ id }) => id !== SCRATCH)
      .map((way) => describeGain(way, gainOf(accuraciesOf(way.id, labels), scratch)));
    return `- **${labels} labels a class**: ${parts.join("; ")}.`;
  });
  return [
    row(["", ...labelsPerClass.map((labels) => `${labels} labels a class`)]),
    row(["---", ...labelsPerClass.map(() => "---:")]),
    ...lines,
    "",
    "Beyond the same network from scratch, in percentage points, seed by seed, with the 95 % interval of Student's paired test:",
    "",
    ...gains,
  ].join("\n");
}

function describeSpread(accuracies: readonly number[]): string {
  const { mean, deviation } = spreadOf(accuracies);
  return `${percent(mean)} ± ${percent(deviation)} %`;
}

function describeGain({ id }: Way, { value, low, high }: Gain): string {
  const verdict = low > 0 ? "a clear gain" : high < 0 ? "**a clear loss**" : "**no clear gain**";
  return `${id} ${signed(value)} (${signed(low)} to ${signed(high)}), ${verdict}`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function signed(share: number): string {
  return `${share < 0 ? "−" : "+"}${percent(Math.abs(share))}`;
}

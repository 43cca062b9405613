/** The table of figures as Markdown. */
import { isReached, type MeasuredFigure, type PublishedFigure } from "./figure.ts";

/** One line a figure: what was published, what came, and the command. */
export function renderFigures(
  published: readonly PublishedFigure[],
  measured: ReadonlyMap<string, MeasuredFigure>,
): string {
  const lines = published.map((figure) => {
    const own = measured.get(figure.id);
    const cells = [
      figure.title,
      figure.source,
      `\`${figure.conversion?.text ?? figure.measure}\``,
      figure.published === undefined ? "–" : format(figure.published),
      own === undefined ? "not measured" : describeOwn(figure, own),
      own === undefined ? "" : own.parameters.toLocaleString("en-US"),
      own === undefined ? "" : duration(own.seconds),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const commands = published.map(({ id, train, afterwards }) => {
    const words = [train, ...(afterwards === undefined ? [] : [afterwards])].map(
      (each) => `sandglass ${each.join(" ")}`,
    );
    return `- ${id}: ${words.map((command) => `\`${command}\``).join(", then ")}`;
  });
  return [
    "| model | published by | figure | published | ours | parameters | time |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
    "The commands, in the same order; RUN is the folder of the training before:",
    "",
    ...commands,
  ].join("\n");
}

function describeOwn(figure: PublishedFigure, { value, others = {} }: MeasuredFigure): string {
  const more = Object.entries(others).map(([name, other]) => `${name} ${format(other)}`);
  const notes = [...(isReached(figure, value) ? [] : ["not reached"]), ...more];
  return `**${format(value)}**${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
}

function format(value: number): string {
  return value >= 10 ? value.toFixed(2) : Number(value.toPrecision(3)).toString();
}

function duration(seconds: number): string {
  return seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

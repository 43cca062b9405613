/** What is printed of a table, and the figures at the top of its page. */
import { counted } from "@sandglass/core";
import type { Tile } from "../../report/index.ts";
import { formatCount } from "../../text/number-format.ts";
import { MANY_OUTLIERS, SKEWED } from "./advise-numbers.ts";
import { columnsOfRole, type TableFindings } from "./findings.ts";
import { shareText } from "./format-cell.ts";

/** More classes than that are counted and not named. */
const NAMED_CLASSES = 6;

export function leadOf({ kind, profile, plan, label }: TableFindings): string {
  const files = profile.files.length > 1 ? `, from ${counted(profile.files.length, "file")}` : "";
  const learned = plan === undefined ? "" : `; a training learns from ${formatCount(plan.columns.length)} of them`;
  if (kind === "array") {
    const columns = profile.columns.length - (label === undefined ? 0 : 1);
    const labels = label === undefined ? "without labels" : "with labels";
    return `An array of ${counted(profile.count, "row")} of ${counted(columns, "column")}, ${labels}${learned}.`;
  }
  return `${counted(profile.count, "row")} of ${counted(profile.columns.length, "column")}${files}${learned}.`;
}

export function tilesOf(findings: TableFindings): readonly Tile[] {
  const { profile, unusual, sample, label } = findings;
  const [numbers, categories, dates] = (["number", "category", "date"] as const).map(
    (role) => columnsOfRole(findings, role).length,
  );
  const { rows, apartFromIdentifiers } = profile.duplicates;
  return [
    { title: "Rows", value: formatCount(profile.count) },
    {
      title: "Columns",
      value: formatCount(profile.columns.length),
      detail: `${counted(numbers ?? 0, "number")}, ${counted(categories ?? 0, "category", "categories")}, ${counted(dates ?? 0, "date")}`,
    },
    missingOf(findings) === 0
      ? { title: "Missing values", value: "none" }
      : { title: "Missing values", value: shareText(missingOf(findings)), detail: "of all cells" },
    {
      title: "Duplicate rows",
      value: formatCount(rows),
      detail: apartFromIdentifiers === rows ? undefined : `${formatCount(apartFromIdentifiers)} without identifiers`,
    },
    ...(label === undefined || label.classes.length === 0
      ? []
      : [
          {
            title: "Classes",
            value: formatCount(label.classes.length),
            detail: `of ${label.name}${label.isGuess ? ", a guess" : ""}`,
          },
        ]),
    ...(unusual === undefined
      ? []
      : [
          {
            title: "Unlike all others",
            value: formatCount(unusual.far),
            detail: `of ${counted(sample.numbers.length, "row")} looked at`,
          },
        ]),
  ];
}

function missingOf({ profile: { columns } }: TableFindings): number {
  const total = columns.reduce((sum, { statistics }) => sum + statistics.count, 0);
  return columns.reduce((sum, { statistics }) => sum + statistics.missing, 0) / total;
}

export function summaryOf(findings: TableFindings): readonly (readonly [string, string])[] {
  const { profile, plan, label, dates, pairs, leaks, unusual, sample, missingTogether, partLeaks } = findings;
  const { rows, apartFromIdentifiers } = profile.duplicates;
  const names = (role: "number" | "category" | "date"): string =>
    namesOf(columnsOfRole(findings, role).map(({ statistics }) => statistics.name));
  const leftOut = (plan?.leftOut ?? profile.leftOut).filter(({ reason }) => reason !== "label");
  const numbers = profile.columns.filter((column) => column.type === "number");
  const outliers = numbers.filter(
    ({ beyondSigmas, statistics }) => beyondSigmas > 0 && beyondSigmas >= MANY_OUTLIERS * statistics.count,
  );
  const skewed = numbers.filter(({ skewness }) => Math.abs(skewness) >= SKEWED);
  const lines: readonly (readonly [string, string])[] = [
    ["data", `${profile.name}: ${leadOf(findings)}`],
    ["numbers", names("number")],
    ["categories", names("category")],
    ["dates", names("date")],
    ["left out", namesOf(leftOut.map(({ name, reason }) => `${name} (${reason})`))],
    ["missing", missingOf(findings) === 0 ? "nothing" : `${shareText(missingOf(findings))} of all cells`],
    ["missing together", missingTogether.map(({ columns }) => columns.join(" + ")).join("; ")],
    [
      "duplicates",
      rows === apartFromIdentifiers
        ? formatCount(rows)
        : `${formatCount(rows)}, ${formatCount(apartFromIdentifiers)} without identifiers`,
    ],
    [
      "in two parts",
      (partLeaks?.shared ?? []).map(({ from, to, count }) => `${formatCount(count)} of ${to} in ${from}`).join(", "),
    ],
    ["label", label === undefined ? "" : describeLabel(label)],
    ["gives it away", namesOf(leaks.map(({ column }) => column))],
    ["nearly the same", pairs.length === 0 ? "" : namesOf(pairs.map(({ one, other }) => `${one} and ${other}`))],
    ["skewed", namesOf(skewed.map(({ statistics }) => statistics.name))],
    [
      "outliers",
      namesOf(outliers.map(({ statistics, beyondSigmas }) => `${statistics.name} ${formatCount(beyondSigmas)}`)),
    ],
    ["days", namesOf(dates.map(({ column, days }) => `${column} ${formatCount(days)}`))],
    [
      "unusual rows",
      unusual === undefined ? "" : `${formatCount(unusual.far)} of ${formatCount(sample.numbers.length)} looked at`,
    ],
  ];
  return lines.filter(([, value]) => value !== "");
}

function describeLabel({ name, isGuess, classes, missing }: NonNullable<TableFindings["label"]>): string {
  const shown = classes.slice(0, NAMED_CLASSES).map(({ value, count }) => `${value} ${formatCount(count)}`);
  const left = classes.length - shown.length;
  return [
    `${name}${isGuess ? " (a guess)" : ""}`,
    classes.length === 0
      ? ""
      : `: ${shown.join(", ")}${left > 0 ? ` and ${counted(left, "more class", "more classes")}` : ""}`,
    missing > 0 ? `; ${counted(missing, "row")} without` : "",
  ].join("");
}

function namesOf(names: readonly string[], most = 8): string {
  const left = names.length - most;
  return left > 0 ? `${names.slice(0, most).join(", ")} and ${formatCount(left)} more` : names.join(", ");
}

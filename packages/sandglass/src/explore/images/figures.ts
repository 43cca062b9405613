/** All that was found, as one plain object for programs. */
import type { ComparedImage, ImageLeaks } from "../../images/leaks/index.ts";
import type { Advice } from "../exploration.ts";
import type { FileFindings, Findings } from "./findings.ts";

/** The advice is that of the page. */
export function figuresOf(findings: Findings, advice: readonly Advice[]): object {
  const { source, set, parts, imbalance, leaks, inspection, files, isSorted, notes } = findings;
  const { numbers, values, extremes, outliers, doubts } = inspection;
  const nameOf = (sample: number): string => set.pictures[numbers[sample] as number]?.name ?? "";
  const className = (label: number): string => set.classNames[label] ?? `class ${label}`;
  return {
    name: set.name,
    source,
    kind: files === undefined ? "arrays" : "images",
    images: set.pictures.length,
    shape: set.shape,
    classNames: set.classNames,
    parts,
    ...(imbalance && { imbalance }),
    isSorted,
    ...(files && { files: fileFigures(files) }),
    inspected: numbers.length,
    values: {
      range: values.range,
      channels: values.channels.map(({ channel, mean, deviation }) => ({ channel, mean, deviation })),
    },
    same: sameFigures(leaks),
    extremes: extremes.map(({ sample, kind }) => ({ name: nameOf(sample), kind })),
    ...(outliers && {
      outliers: {
        far: outliers.far,
        worst: outliers.worst.map(({ sample, error, distance }) => ({ name: nameOf(sample), error, distance })),
      },
    }),
    ...(doubts && {
      labels: {
        compared: doubts.compared,
        agreement: doubts.agreement,
        chance: doubts.chance,
        isTelling: doubts.isTelling,
        doubts: doubts.doubts.map(({ sample, label, suggested, votes }) => ({
          name: nameOf(sample),
          className: className(label),
          suggested: className(suggested),
          votes,
        })),
      },
    }),
    notes,
    advice,
  };
}

function fileFigures({ files, headers, unreadable, plan, groups }: FileFindings): object {
  return {
    ...headers,
    files,
    readable: headers.files,
    unreadable: unreadable.map(({ entry, reason }) => ({ name: entry.name, reason })),
    plan,
    ...(groups && { groups }),
  };
}

function sameFigures({ compared, complete, leaks, duplicates, conflicts }: ImageLeaks): object {
  const describe = ({ name, className }: ComparedImage): object => ({ name, ...(className && { className }) });
  return {
    compared,
    complete,
    leaks: leaks.map(({ from, to, images }) => ({
      from,
      to,
      images: images.map(({ image, twin, by }) => ({ image: image.name, twin: twin.name, by })),
    })),
    conflicts: conflicts.map(({ image, twin, by }) => ({ image: describe(image), twin: describe(twin), by })),
    duplicates: duplicates.map(({ split, images, by }) => ({
      ...(split && { split }),
      images: images.map(({ name }) => name),
      by,
    })),
  };
}

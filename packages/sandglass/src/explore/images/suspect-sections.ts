/** What the page shows of images that something is wrong with. */
import { counted } from "@sandglass/core";
import type { ComparedImage, SameImages } from "../../images/leaks/index.ts";
import { formatBriefly, formatCount, formatShare } from "../../text/number-format.ts";
import type { Facts, Section, SectionPart } from "../exploration.ts";
import type { Findings } from "./findings.ts";
import { fitting, shortName, shownSamples } from "./shown-samples.ts";

/** Pairs that are shown, and those that are named. */
const [SHOWN_PAIRS, NAMED_PAIRS] = [12, 40];

/** Images that are there more than once: between parts, under two classes, within a part. */
export async function sameSection(findings: Findings): Promise<readonly Section[]> {
  const { leaks, duplicates, conflicts } = findings.leaks;
  const groups: readonly { readonly caption: string; readonly pairs: readonly Pair[] }[] = [
    ...leaks.map(({ from, to, images }) => ({
      caption: `${counted(images.length, "image")} of ${to} that ${images.length === 1 ? "is" : "are"} in ${from}, too`,
      pairs: images.map(pairOf),
    })),
    ...(conflicts.length === 0 ? [] : [{ caption: "The same image under two classes", pairs: conflicts.map(pairOf) }]),
    ...(duplicates.length === 0
      ? []
      : [
          {
            caption: "Copies within a part",
            pairs: duplicates.flatMap(({ images: [first, ...others], by }) =>
              others.map((image): Pair => ({ image, twin: first as ComparedImage, by })),
            ),
          },
        ]),
  ];
  const how = describeComparison(findings);
  const parts: SectionPart[] = [];
  for (const { caption, pairs } of groups) {
    parts.push({ caption, content: await showPairs(findings, pairs) });
    parts.push({ content: listPairs(pairs) });
  }
  return [
    {
      title: "The same image twice",
      note:
        groups.length === 0 ? `None is there twice. ${how}` : `${how} Below each image the one that it is a copy of.`,
      parts,
    },
  ];
}

function describeComparison({
  leaks: { compared, comparedByContentOnly: byContent, complete },
  files,
}: Findings): string {
  const content = files === undefined ? "values" : "bytes";
  const small = "being smaller than 32 pixels or of one colour";
  return [
    `${counted(compared, "image")} ${compared === 1 ? "was" : "were"} compared, `,
    byContent === compared
      ? `by their ${content} alone, ${small}.`
      : `by their ${content} and by what they look like${byContent === 0 ? "" : `; ${formatCount(byContent)} by their ${content} alone, ${small}`}.`,
    complete ? "" : " Very many look alike: only the most similar ones were compared, so there may be more.",
  ].join("");
}

type Pair = Pick<SameImages, "image" | "twin" | "by">;

function pairOf({ image, twin, by }: SameImages): Pair {
  return { image, twin, by };
}

async function showPairs({ set, inspection }: Findings, pairs: readonly Pair[]): Promise<SectionPart["content"]> {
  const numbers = new Map(set.pictures.map(({ name }, number) => [name, number]));
  const shown = pairs.slice(0, fitting(set, SHOWN_PAIRS));
  const wanted = shown.flatMap(({ image, twin }) => [image, twin].map(({ name }) => numbers.get(name) as number));
  const distinct = Uint32Array.from(new Set(wanted)).toSorted();
  const read = await set.read(distinct);
  const places = new Map(Array.from(read.numbers, (number, place) => [number, place]));
  const whole = shown.filter(
    (_, at) => places.has(wanted[2 * at] as number) && places.has(wanted[2 * at + 1] as number),
  );
  const row = (which: "image" | "twin"): number[] =>
    whole.map((pair) => places.get(numbers.get(pair[which].name) as number) as number);
  return {
    kind: "rows",
    rows: [
      { name: "image", ...shownSamples(read.data, row("image"), inspection.values) },
      { name: "copy of", ...shownSamples(read.data, row("twin"), inspection.values) },
    ],
    captions: whole.map(({ image: { className: one }, twin: { className: other }, by }) =>
      one === other ? BY[by] : `${one} and ${other}`,
    ),
  };
}

const BY = { content: "to the byte", look: "by its looks" } as const;

function listPairs(pairs: readonly Pair[]): Facts {
  const left = pairs.length - NAMED_PAIRS;
  const rows = pairs
    .slice(0, NAMED_PAIRS)
    .map(({ image, twin, by }) => [describe(image), `${describe(twin)} (${BY[by]})`] as const);
  return { kind: "facts", folded: "Names in full", rows: left > 0 ? [...rows, ["and more", formatCount(left)]] : rows };
}

function describe({ name, className }: ComparedImage): string {
  return className === undefined || name.includes(className) ? name : `${name} (${className})`;
}

/** Kinds of doubtful labels that are shown, and how many of each. */
const [SHOWN_KINDS, SHOWN_OF_KIND] = [6, 16];

export function doubtsSection(findings: Findings): readonly Section[] {
  const { doubts } = findings.inspection;
  if (doubts === undefined) return [];
  const { compared, agreement, chance, isTelling, doubts: found } = doubts;
  const { set } = findings;
  const how =
    `Each of ${formatCount(compared)} images was compared with the images most like it in a few principal components: ` +
    `they give the right class to ${formatShare(agreement)} (guessing would, to ${formatShare(chance)}).`;
  const title = "Labels that may be wrong";
  if (!isTelling) {
    return [
      {
        title,
        note: `${how} So the classes are not told apart by such simple means, and nothing can be said of single labels.`,
        parts: [],
      },
    ];
  }
  if (found.length === 0) return [{ title, note: `${how} Nothing speaks against any single label.`, parts: [] }];
  const named = (label: number): string => set.classNames[label] ?? `class ${label}`;
  const kinds = Map.groupBy(found, ({ label, suggested }) => `labelled ${named(label)}, and like ${named(suggested)}`);
  const shown = [...kinds].toSorted(([, a], [, b]) => b.length - a.length).slice(0, SHOWN_KINDS);
  return [
    {
      title,
      note:
        `${how} Here are those whose neighbours are nearly all of another class, ${formatCount(found.length)} in all, the clearest first. ` +
        "This is a guess: among them are rare images that are labelled right.",
      parts: shown.flatMap(([kind, members]) =>
        withNames(
          findings,
          `${formatCount(members.length)} ${kind}`,
          members
            .slice(0, fitting(set, SHOWN_OF_KIND))
            .map(({ sample, votes }) => [sample, `${formatShare(votes)} of the votes`]),
        ),
      ),
    },
  ];
}

/** Pictures with their names below, and the names in full to be opened. */
function withNames(
  findings: Findings,
  caption: string | undefined,
  shown: readonly (readonly [sample: number, remark: string])[],
): readonly SectionPart[] {
  const { set, inspection } = findings;
  const names = shown.map(([sample]) => set.pictures[inspection.numbers[sample] as number]?.name ?? "");
  return [
    {
      caption,
      content: {
        kind: "grid",
        samples: shownSamples(
          inspection.data,
          shown.map(([sample]) => sample),
          inspection.values,
        ),
        columns: fitting(inspection.data, 8),
        captions: names.map(shortName),
      },
    },
    {
      content: {
        kind: "facts",
        folded: "Names in full",
        rows: names.map((name, at) => [name, shown[at]?.[1] ?? ""]),
      },
    },
  ];
}

export function outliersSection(findings: Findings): readonly Section[] {
  const { outliers, numbers } = findings.inspection;
  if (outliers === undefined) return [];
  const far =
    outliers.far === 0
      ? "none of them lies far from the others"
      : `${formatCount(outliers.far)} of all ${outliers.far === 1 ? "lies" : "lie"} far from the others`;
  const shown = outliers.worst.slice(0, fitting(findings.set));
  return [
    {
      title: "Unlike all others",
      note:
        `Of ${counted(numbers.length, "image")}, those that principal components of other images give back worst, the worst first; ` +
        `${far}. What does not belong to the data ends up here, and so do pictures that are rich in detail.`,
      parts: withNames(
        findings,
        undefined,
        shown.map(({ sample, error }) => [sample, `mean squared error ${formatBriefly(error)}`]),
      ),
    },
  ];
}

/** Pictures that are shown of those that show nothing. */
const SHOWN_EXTREMES = 24;

export function extremesSection(findings: Findings): readonly Section[] {
  const { extremes } = findings.inspection;
  if (extremes.length === 0) return [];
  const shown = extremes.slice(0, fitting(findings.set, SHOWN_EXTREMES));
  const kinds = (["dark", "bright", "flat"] as const).flatMap((kind) => {
    const count = extremes.filter((extreme) => extreme.kind === kind).length;
    return count === 0 ? [] : [`${formatCount(count)} ${WORDS[kind]}`];
  });
  return [
    {
      title: "Next to nothing to be seen",
      note: `${counted(extremes.length, "image")}: ${kinds.join(", ")}.`,
      parts: withNames(
        findings,
        undefined,
        shown.map(({ sample, kind }) => [sample, WORDS[kind]]),
      ),
    },
  ];
}

const WORDS = { dark: "nearly black", bright: "nearly white", flat: "of one colour" } as const;

/** Pictures of what a classifier decided: the worst mistakes, and where it looks. */
import { basename } from "node:path";
import {
  enlargeMaps,
  gradCam,
  normalizeMaps,
  RandomStream,
  type classify,
  type Dataset,
  type Device,
  type Exhibit,
} from "@sandglass/core";
import { heatOverlay, imageLayout, onWhite, scaled, toPixels } from "../images/index.ts";
import type { Examination } from "./examine-classifier.ts";
import { pickSamples } from "./pick-samples.ts";

const MOST_MISTAKES = 12;
const OVERLAYS = 6;

/** The mistakes that the classifier was surest of; none where it made none, or samples are no images. */
export async function mistakesExhibit(
  { classNames }: classify.Classifier,
  examination: Examination,
  names: readonly string[] | undefined,
): Promise<Exhibit | undefined> {
  const { data } = examination;
  const worst = mistakesOf(examination).slice(0, MOST_MISTAKES);
  if (worst.length === 0 || imageLayout(data.shape) === undefined) return undefined;
  const shown = await pickSamples(data, worst);
  return {
    kind: "grid",
    title: "The worst mistakes",
    note:
      "Those that the classifier was surest of: what they are, what they were taken for, and with what probability. Look whether the " +
      "label is right before you blame the network.",
    samples: { shape: shown.shape, values: scaled(shown.values, shown.scale) },
    columns: 6,
    isList: true,
    captions: worst.map((number) => {
      const name = names?.[number];
      return [...(name === undefined ? [] : [basename(name)]), verdict(classNames, examination, number)].join(": ");
    }),
  };
}

/** Heat maps over samples that the classifier got right, and others that it got wrong. */
export async function overlayExhibits(
  classifier: classify.Classifier,
  examination: Examination,
  {
    seed,
    device,
    signal,
  }: { readonly seed: number; readonly device: Device; readonly signal?: AbortSignal | undefined },
): Promise<readonly Exhibit[]> {
  const { data, labels, decisions } = examination;
  const layout = imageLayout(data.shape);
  if (layout === undefined || !hasMaps(classifier)) return [];
  const order = Uint32Array.from({ length: data.count }, (_, index) => index);
  new RandomStream(seed).shuffle(order);
  const right = Array.from(order).filter((number) => decisions[number] === labels[number]);
  const groups = [
    { title: "Where it looks when it is right", numbers: right.slice(0, OVERLAYS) },
    { title: "Where it looks when it is wrong", numbers: mistakesOf(examination).slice(0, OVERLAYS) },
  ];
  const exhibits: Exhibit[] = [];
  for (const { title, numbers } of groups) {
    if (numbers.length === 0) continue;
    const shown = await pickSamples(data, numbers);
    const classes = numbers.map((number) => decisions[number] as number);
    const heat = await gradCam(classifier.model, shown, { classIndex: classes, device, signal });
    exhibits.push({
      kind: "rows",
      title,
      note:
        `Grad-CAM of the class that each was taken for, in the maps of ${heat.layer.split("/").at(-1)}: the warmer, the more a place speaks for it. ` +
        "Warm places beside the subject say that the network goes by something else.",
      rows: [
        { name: "picture", ...colored(shown, layout) },
        { name: "seen", ...overlays(shown, heat, layout) },
      ],
      captions: numbers.map((number) => verdict(classifier.classNames, examination, number)),
    });
  }
  return exhibits;
}

/** Pictures in three channels, as their overlays have them. */
function colored(
  { values, scale, shape }: Dataset,
  { height, width, channels }: NonNullable<ReturnType<typeof imageLayout>>,
): { readonly shape: readonly number[]; readonly values: Float32Array } {
  const own = scaled(values, scale);
  if (channels === 3) return { shape, values: own };
  if (channels === 4) return { shape: [height, width, 3], values: onWhite(own) };
  return {
    shape: [height, width, 3],
    values: Float32Array.from({ length: 3 * own.length }, (_, index) => own[Math.floor(index / 3)] as number),
  };
}

function overlays(
  shown: Dataset,
  { maps, height, width }: Awaited<ReturnType<typeof gradCam>>,
  layout: NonNullable<ReturnType<typeof imageLayout>>,
): { readonly shape: readonly number[]; readonly values: Float32Array } {
  const pixels = layout.height * layout.width;
  const heat = normalizeMaps(enlargeMaps(maps, { height, width }, layout), pixels);
  const values = scaled(shown.values, shown.scale);
  const size = values.length / shown.count;
  const shape = [layout.height, layout.width, 3];
  const result = new Float32Array(shown.count * pixels * 3);
  for (let index = 0; index < shown.count; index++) {
    const picture = toPixels(values.subarray(index * size, (index + 1) * size), layout);
    const { data } = heatOverlay(picture, heat.subarray(index * pixels, (index + 1) * pixels));
    result.set(scaled(data, 1 / 255), index * pixels * 3);
  }
  return { shape, values: result };
}

/** Grad-CAM explains convolutions. */
function hasMaps({ network }: classify.Classifier): boolean {
  const models = network.transfer === undefined ? [network.model] : [network.transfer.base];
  return models.some(({ layers }) =>
    layers.some(({ className, calls }) => className.includes("Conv") && calls[0]?.outputs[0]?.shape.length === 3),
  );
}

/** The numbers of the samples that were taken for another class, those first that it was surest of. */
function mistakesOf({ data, labels, probabilities, decisions }: Examination): number[] {
  const numClasses = probabilities.length / data.count;
  const certainty = (number: number): number =>
    probabilities[number * numClasses + (decisions[number] as number)] as number;
  return Array.from({ length: data.count }, (_, number) => number)
    .filter((number) => decisions[number] !== labels[number])
    .toSorted((a, b) => certainty(b) - certainty(a));
}

/** `cat, taken for dog (98 %)`; `dog (99 %)` where that is right. */
function verdict(
  classNames: readonly string[],
  { data, labels, probabilities, decisions }: Examination,
  number: number,
): string {
  const [label, taken] = [labels[number] as number, decisions[number] as number];
  const sure = probabilities[number * (probabilities.length / data.count) + taken] as number;
  const share = `${Math.round(100 * sure)} %`;
  return label === taken
    ? `${classNames[taken]} (${share})`
    : `${classNames[label]}, taken for ${classNames[taken]} (${share})`;
}

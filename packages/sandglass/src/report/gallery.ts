/** Originals beside what the model gives back of them. */
import { encodePng, imageLayout, scaled, toPixels, type Pixels } from "../images/index.ts";
import type { Examination } from "../examination/examine.ts";
import { html, type Html } from "./html.ts";
import { formatCount, formatFigure, formatSamples } from "./number-format.ts";

/** Pictures are enlarged by a whole factor to about so many pixels. */
const SHOWN_SIZE = 60;
const PER_CLASS = 4;
const WITHOUT_CLASSES = 24;
const HARDEST = 14;

/** Samples of every class, and the hardest of all; nothing when the samples are no images. */
export async function renderGallery(examination: Examination, codeSize: number): Promise<Html | undefined> {
  const layout = imageLayout(examination.data.shape);
  if (layout === undefined) return undefined;
  const draw = (samples: readonly number[]): Promise<Html[]> =>
    Promise.all(samples.map((sample) => renderPair(examination, sample, layout)));
  const cards = await Promise.all(
    groupsOf(examination).map(async ({ title, samples, mse, shown }) => {
      const count = formatSamples(samples);
      const pairs = await draw(shown);
      return html`<article class="card">
        <h3>${title} <small title="mean squared error of ${count}">${formatFigure(mse)}</small></h3>
        <div class="pairs">${pairs}</div>
      </article>`;
    }),
  );
  const worst = await draw(byError(examination, everySample(examination)).slice(-HARDEST).toReversed());
  return html`<section>
    <h2>Originals and reconstructions</h2>
    <p>
      Left the original, right what the model gives back after squeezing it into ${codeSize} numbers. Each group shows
      samples from well to badly reconstructed; the number beside a title is the group’s mean squared error.
    </p>
    <div class="cards">${cards}</div>
    <h3 class="apart">The hardest samples</h3>
    <p>What the model gives back worst of all ${formatCount(examination.data.count)} samples examined.</p>
    <div class="card"><div class="pairs">${worst}</div></div>
  </section>`;
}

interface Group {
  readonly title: string;
  readonly samples: number;
  readonly mse: number;
  /** The numbers of the samples that are shown. */
  readonly shown: readonly number[];
}

/** One group for each class, or a single one where there are no labels. */
function groupsOf(examination: Examination): Group[] {
  const { labels, classNames } = examination.data;
  const every = everySample(examination);
  if (labels === undefined) return [groupOf(examination, "Samples", every, WITHOUT_CLASSES)];
  const classes = [...new Set(labels)].toSorted((a, b) => a - b);
  return classes.map((label) => {
    const members = every.filter((sample) => labels[sample] === label);
    return groupOf(examination, classNames?.[label] ?? `Class ${label}`, members, PER_CLASS);
  });
}

function groupOf(examination: Examination, title: string, members: readonly number[], count: number): Group {
  const sorted = byError(examination, members);
  const numShown = Math.min(count, sorted.length);
  // In the middle of each of `numShown` equal parts of the order from well to badly reconstructed.
  const shown = Array.from(
    { length: numShown },
    (_, index) => sorted[Math.floor(((index + 0.5) / numShown) * sorted.length)] ?? 0,
  );
  const sum = members.reduce((total, sample) => total + (examination.errors[sample] ?? 0), 0);
  return { title, samples: members.length, mse: sum / members.length, shown };
}

function everySample({ data }: Examination): number[] {
  return Array.from({ length: data.count }, (_, sample) => sample);
}

function byError({ errors }: Examination, samples: readonly number[]): number[] {
  return samples.toSorted((a, b) => (errors[a] ?? 0) - (errors[b] ?? 0));
}

async function renderPair(
  { data, reconstructions, errors }: Examination,
  sample: number,
  layout: Omit<Pixels, "data">,
): Promise<Html> {
  const size = data.images.length / data.count;
  const [from, to] = [sample * size, (sample + 1) * size];
  const original = toPixels(scaled(data.images.subarray(from, to), data.scale), layout);
  const back = toPixels(reconstructions.subarray(from, to), layout);
  const zoom = Math.max(1, Math.round(SHOWN_SIZE / Math.max(layout.width, layout.height)));
  const picture = async (pixels: Pixels, alt: string): Promise<Html> => {
    const bytes = Buffer.from(await encodePng(pixels));
    const { width, height } = layout;
    return html`<img
      src="data:image/png;base64,${bytes.toString("base64")}"
      width="${width * zoom}"
      height="${height * zoom}"
      alt="${alt}"
    />`;
  };
  const error = formatFigure(errors[sample] ?? 0);
  return html`<span class="pair" title="sample ${sample}, mean squared error ${error}"
    >${await picture(original, `original ${sample}`)}${await picture(back, `reconstruction ${sample}`)}</span
  >`;
}

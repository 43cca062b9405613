/** Arrays of numbers, a row a sample: tables whose columns are known by their places. */
import { dataset, tables, type Dataset } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { matrixColumns, requireColumn, requireRows } from "../tables/index.ts";
import type { DataChoices } from "./source-kind.ts";
import { columnChoices } from "./table/column-choices.ts";
import { leftOutHint } from "./table/left-out-hint.ts";
import { asUsage } from "./table/table-source.ts";

/** Choices that only tables have. */
const OF_TABLES = ["ignore", "types", "scaling"] as const satisfies readonly (keyof DataChoices)[];

/**
 * What becomes of the columns of an array of numbers, `column0` being the first; undefined for images, for pixels in a row, and for zeros and
 * ones, which are taken as they are.
 *
 * @param training the rows to train on, and no others.
 * @throws UserError when no column is left, or something was chosen of columns that are none.
 */
export async function fitArray(
  source: string,
  training: Dataset,
  choices: DataChoices,
): Promise<tables.TableEncoder | undefined> {
  const { shape, values } = training;
  if (hasColumns(training, choices)) {
    requireRows(source, training.count, 0);
    const columns = matrixColumns(values, shape[0] as number);
    for (const column of [...(choices.ignore ?? []), ...Object.keys(choices.types ?? {})]) {
      requireColumn({ name: source, columns }, column, "something was chosen for");
    }
    return asUsage(async () => {
      const statistics = tables.collectStatistics(columns);
      return new tables.TableEncoder(tables.decideColumns(statistics, columnChoices(choices).choices));
    });
  }
  const meaningless = OF_TABLES.find((name) => choices[name] !== undefined);
  if (meaningless === undefined) return undefined;
  const what = shape.length === 1 ? "pixels or zeros and ones" : "images";
  throw new UserError(
    `--${meaningless} is for columns of numbers, and ${source} holds ${what}, which are taken as they are; leave it out`,
    { exitCode: 2 },
  );
}

/**
 * Whether rows of an array are those of a table. Bytes are, where they are neither pixels, which count 1/255 each, nor zeros and ones; floats are, unless
 * they are pixels, and nothing was chosen that only tables have.
 */
export function hasColumns(data: Dataset, choices: DataChoices = {}): boolean {
  const { shape, values, scale } = data;
  if (shape.length !== 1) return false;
  if (!(values instanceof Float32Array)) return scale === 1 && values.some((value) => value > 1);
  return OF_TABLES.some((name) => choices[name] !== undefined) || pixelRow(data) === undefined;
}

/** Images have at least so many pixels on a side. */
const SMALLEST_SIDE = 8;

/** Floats from 0 to 1, as many in a row as a square image has pixels, grey or in color: how large it is. */
function pixelRow({ shape: [width = 0, ...others], values }: Dataset): string | undefined {
  if (others.length > 0 || !(values instanceof Float32Array)) return undefined;
  for (const channels of [1, 3]) {
    const side = Math.sqrt(width / channels);
    if (!Number.isInteger(side) || side < SMALLEST_SIDE) continue;
    if (values.every((value) => value >= 0 && value <= 1))
      return `${side} × ${side} ${channels === 1 ? "grey" : "colored"}`;
  }
  return undefined;
}

/**
 * The rows of an array as features, with their labels.
 *
 * @throws UserError when it has other columns than the one that the encoder was made of.
 */
export function encodeArray(
  source: string,
  { name, shape, values, labels, classNames }: Dataset,
  encoder: tables.TableEncoder,
): Dataset {
  const { columns, leftOut } = encoder.preprocessing;
  const width = columns.length + leftOut.length;
  if (shape.length !== 1 || shape[0] !== width) {
    throw new UserError(
      `the run was made with rows of ${width} numbers, and ${source} has samples of [${shape.join(", ")}]; ` +
        "give an array with the columns of the run's, in their order",
      { exitCode: 2 },
    );
  }
  return dataset(name, [encoder.width], encoder.transform(matrixColumns(values, width)), { labels, classNames });
}

/** What the user should know of the columns, or of why there are none. */
export function notesOf(encoder: tables.TableEncoder | undefined, training: Dataset): readonly string[] {
  if (encoder === undefined) {
    const size = pixelRow(training);
    if (size === undefined) return [];
    return [
      `the rows of ${training.shape[0]} numbers from 0 to 1 are taken for images of ${size} pixels, and left as they are; ` +
        "if they are columns of a table, --scaling standard scales each by itself",
    ];
  }
  const { preprocessing } = encoder;
  return [...tables.preprocessingNotes(preprocessing), ...leftOutHint(preprocessing)];
}

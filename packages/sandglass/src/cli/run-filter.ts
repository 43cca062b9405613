/** What `sandglass filter` does. */
import { dirname } from "node:path";
import { filterImage, GraphError, type FilteredImage, type Kernel } from "@sandglass/core";
import { makeFolder } from "../data/make-folder.ts";
import { UserError } from "../errors.ts";
import { encodePng, imageLayout, toPixels, type Pixels } from "../images/index.ts";
import { writeWholeFile } from "../runs/write-file.ts";
import { formatBriefly, formatDims } from "../text/number-format.ts";
import { checkFree } from "./check-free.ts";
import type { FilterArguments } from "./commands/filter.ts";
import type { Context } from "./context.ts";
import { openImage, openKernel, type OpenedImage } from "./filter-inputs.ts";
import { formatPairs } from "./table.ts";
import { withDevice } from "./with-device.ts";

/** What fits on a terminal in numbers. */
const MOST_ROWS = 16;
const MOST_COLUMNS = 12;

export async function runFilter(
  { globals, output, signal }: Context,
  path: string,
  { kernel: named, padding, stride, grey = false, out, zoom, force = false }: FilterArguments,
): Promise<void> {
  await checkFree(out, { force, what: "picture", example: "filtered.png" });
  const kernel = await openKernel(named);
  const image = await openImage(path, { grey, signal });
  const filtered = await withDevice(globals, (device) =>
    filterImage(image, kernel, { padding, stride, device }).catch((error: unknown) => {
      throw explain(error, image.shape, kernel);
    }),
  );
  signal.throwIfAborted();
  const range = drawnRange(filtered, kernel, image);
  await makeFolder(dirname(out));
  await writeWholeFile(out, await encodePng(draw(filtered, range), zoom));
  const { shape } = filtered;
  output.result(describe(filtered, { named, kernel, padding, stride, input: image.shape, range, out }), {
    out,
    kernel: { name: named, rows: kernel },
    padding,
    stride,
    input: image.shape,
    shape,
    range,
    values: asRows(filtered),
  });
}

/** A kernel that is larger than the image is the user's to mend. */
function explain(error: unknown, [height, width]: readonly number[], kernel: Kernel): unknown {
  if (!(error instanceof GraphError)) return error;
  const size = `${kernel.length} × ${kernel[0]?.length ?? 0}`;
  return new UserError(
    `the kernel of ${size} does not fit into the image of ${height} × ${width}; give a larger image, or --padding same`,
    { cause: error },
  );
}

/**
 * Which values are black and white. What kernels make that add up to 0 lies around 0, which is the middle grey; what others make lies where
 * the image's values do.
 */
function drawnRange({ values }: FilteredImage, kernel: Kernel, image: OpenedImage): readonly [number, number] {
  const sum = kernel.flat().reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum) < 1e-6) {
    const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    return [-most, most];
  }
  const [least, most] = extremes(image.values);
  return [Math.min(0, least), Math.max(1, most)];
}

function extremes(values: ArrayLike<number>): readonly [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let place = 0; place < values.length; place++) {
    least = Math.min(least, values[place] as number);
    most = Math.max(most, values[place] as number);
  }
  return [least, most];
}

function draw({ shape, values }: FilteredImage, [black, white]: readonly [number, number]): Pixels {
  const layout = imageLayout(shape);
  if (layout === undefined) throw new Error(`a filtered image has the shape [${shape.join(", ")}]`);
  return toPixels(
    values.map((value) => (value - black) / (white - black)),
    layout,
  );
}

/** Rows of numbers, or of colors; with the digits that float32 has. */
function asRows({ shape: [rows, columns, channels], values }: FilteredImage): unknown[][] {
  const number = (place: number): number => Number((values[place] as number).toPrecision(7));
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => {
      const at = (row * columns + column) * channels;
      return channels === 1 ? number(at) : Array.from({ length: channels }, (___, channel) => number(at + channel));
    }),
  );
}

interface Described extends Pick<FilterArguments, "padding" | "stride" | "out"> {
  readonly named: string;
  readonly kernel: Kernel;
  readonly input: readonly number[];
  readonly range: readonly [number, number];
}

function describe(filtered: FilteredImage, { named, kernel, padding, stride, input, range, out }: Described): string {
  const [least, most] = extremes(filtered.values);
  const pairs = formatPairs([
    ["kernel", `${named}, ${kernel.length} × ${kernel[0]?.length ?? 0}`],
    ["windows", `padding ${padding}, stride ${stride}`],
    ["image", `${formatDims(input)} → ${formatDims(filtered.shape)}`],
    ["values", `${formatBriefly(least)} to ${formatBriefly(most)}`],
    ["picture", `${out}, black at ${formatBriefly(range[0])}, white at ${formatBriefly(range[1])}`],
  ]);
  const [rows, columns, channels] = filtered.shape;
  if (channels > 1 || rows > MOST_ROWS || columns > MOST_COLUMNS) return pairs;
  return `${pairs}\n\n${formatNumbers(filtered)}`;
}

/** The numbers themselves, in columns. */
function formatNumbers({ shape: [rows, columns], values }: FilteredImage): string {
  const cells = Array.from(values, (value) => value.toFixed(2).replace(/^-0\.00$/u, "0.00"));
  const width = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: rows }, (_, row) =>
    cells
      .slice(row * columns, (row + 1) * columns)
      .map((cell) => cell.padStart(width))
      .join("  "),
  ).join("\n");
}

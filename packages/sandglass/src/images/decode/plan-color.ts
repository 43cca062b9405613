/** Grey or color. */
import { decodeImage } from "./decode-image.ts";
import type { ImagePlan } from "./image-plan.ts";
import type { ReadableProbe } from "./image-probe.ts";
import { mapInFlight } from "../in-flight.ts";
import type { ImageColor } from "./plan-images.ts";

export interface ChosenColor {
  readonly channels: 1 | 3 | 4;
  readonly notes: readonly string[];
}

/** How many of the images that are saved as color are looked at. */
const SAMPLE = 32;
const IN_FLIGHT = 8;
/** Small pictures show color as well as large ones, and cost less. */
const LOOK = { height: 32, width: 32, channels: 3, fit: "stretch", depth: 8 } as const satisfies ImagePlan;
/** How much red, green and blue of grey pixels may differ: saving as JPEG rounds. */
const TOLERANCE = 2;

export async function chooseColor(
  readable: readonly ReadableProbe[],
  color: ImageColor,
  signal: AbortSignal | undefined,
): Promise<ChosenColor> {
  const total = readable.length;
  const transparent = readable.filter(({ header }) => header.alpha).length;
  const notes: string[] = [];
  if (transparent > 0 && color !== "rgba") {
    notes.push(
      `${transparent} of ${total} images looked at may be transparent and are laid on the background; --color rgba keeps opacity`,
    );
  }
  if (color !== "auto") return { channels: ({ grey: 1, color: 3, rgba: 4 } as const)[color], notes };

  const colored = readable.filter(({ header }) => header.channels !== 1);
  if (colored.length === 0) return { channels: 1, notes };
  if (colored.length < total) {
    notes.push(
      `${total - colored.length} of ${total} images looked at are grey and ${colored.length} are saved as color; all are read as color, and --color grey reads all as grey`,
    );
    return { channels: 3, notes };
  }
  const sample = spread(colored, SAMPLE);
  const isGrey = await mapInFlight(sample, IN_FLIGHT, looksGrey, signal);
  if (isGrey.includes(false)) return { channels: 3, notes };
  notes.push(
    `the images are saved as color, but ${sample.length === total ? "all" : `the ${sample.length} that were looked at`} show grey alone, so they are read as grey; --color color keeps three channels`,
  );
  return { channels: 1, notes };
}

/** Whether red, green and blue are the same in all pixels. What cannot be decoded says nothing against it. */
async function looksGrey({ entry, header }: ReadableProbe): Promise<boolean> {
  let values: Uint8Array;
  try {
    values = await decodeImage(entry, LOOK, { maxPixels: header.width * header.height });
  } catch {
    return true;
  }
  for (let at = 0; at < values.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = values.subarray(at, at + 3);
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > TOLERANCE) return false;
  }
  return true;
}

/** At most `count` of the items, evenly spread. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, index) => items[Math.floor(index * step)] as Item);
}

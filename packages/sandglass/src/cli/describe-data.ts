import type { UsableData } from "../sources/index.ts";
import { formatSamples } from "../text/number-format.ts";

/** What a run was used on: `lights, test, 12 samples`, `photos, all of it, 300 samples`, with `--count` `photos, 8 samples`. */
export function describeData({ data, half }: Pick<UsableData, "data" | "half">, count: number | undefined): string {
  const part = half ?? (count === undefined ? "all of it" : undefined);
  return [data.name, ...(part === undefined ? [] : [part]), formatSamples(data.count)].join(", ");
}

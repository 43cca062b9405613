/** Maps at the size of the images that they belong to. */

export interface MapSize {
  readonly height: number;
  readonly width: number;
}

/**
 * Maps brought to another size, by linear interpolation between the centres of their fields: what `resize` of image programs does.
 *
 * @param maps `from.height` × `from.width` numbers each, one map after the other.
 */
export function enlargeMaps(maps: Float32Array, from: MapSize, to: MapSize): Float32Array {
  const size = from.height * from.width;
  const result = new Float32Array((maps.length / size) * to.height * to.width);
  const rows = weightsAlong(from.height, to.height);
  const columns = weightsAlong(from.width, to.width);
  let place = 0;
  for (let map = 0; map * size < maps.length; map++) {
    const at = (row: number, column: number): number => maps[map * size + row * from.width + column] as number;
    for (const { low: top, high: bottom, share: down } of rows) {
      for (const { low: left, high: right, share: across } of columns) {
        const above = at(top, left) * (1 - across) + at(top, right) * across;
        const below = at(bottom, left) * (1 - across) + at(bottom, right) * across;
        result[place++] = above * (1 - down) + below * down;
      }
    }
  }
  return result;
}

/** Each map divided by its largest number, from 0 to 1; a map without any number above 0 stays 0. */
export function normalizeMaps(maps: Float32Array, size: number): Float32Array {
  const result = new Float32Array(maps.length);
  for (let from = 0; from < maps.length; from += size) {
    const map = maps.subarray(from, from + size);
    const largest = map.reduce((most, value) => Math.max(most, value), 0);
    if (largest > 0)
      result.set(
        map.map((value) => Math.max(0, value) / largest),
        from,
      );
  }
  return result;
}

interface Between {
  readonly low: number;
  readonly high: number;
  /** How far it is from the lower one towards the higher one. */
  readonly share: number;
}

/** Between which fields each new one lies; beyond the outermost centres, it is the outermost field. */
function weightsAlong(from: number, to: number): Between[] {
  return Array.from({ length: to }, (_, index) => {
    const place = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    const low = Math.floor(place);
    return { low, high: Math.min(from - 1, low + 1), share: place - low };
  });
}

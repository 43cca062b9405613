/** Columns that divide the rows alike: `S`, `C`, `Q` in one, and the names of the towns in the other. */
import type { tables } from "@sandglass/core";

export interface EqualCategories {
  /** The first of them, and those that say the same. */
  readonly one: string;
  readonly others: readonly string[];
}

/** With more different values columns name the rows rather than divide them. */
const MOST_VALUES = 1000;
/** With fewer rows of a value on average columns agree by chance. */
const FEWEST_ROWS_EACH = 5;

/** Groups of such columns; of columns with one value there is nothing to say. */
export function findEqualCategories(columns: readonly tables.Column[]): readonly EqualCategories[] {
  const byPartition = Map.groupBy(
    columns.flatMap((column) => {
      const key = partitionOf(column);
      return key === undefined ? [] : [{ key, name: column.name }];
    }),
    ({ key }) => key,
  );
  return [...byPartition.values()].flatMap(([first, ...others]) =>
    first === undefined || others.length === 0 ? [] : [{ one: first.name, others: others.map(({ name }) => name) }],
  );
}

/** The rows' values by the order in which they first come: the same text for columns that divide the rows alike. */
function partitionOf({ type, values }: tables.Column): string | undefined {
  if (type === "date") return undefined;
  const known = new Map<string | number | undefined, number>();
  const places = new Uint16Array(values.length);
  for (let row = 0; row < places.length; row++) {
    const value = values[row];
    const key = typeof value === "number" && Number.isNaN(value) ? undefined : value;
    let place = known.get(key);
    if (place === undefined) known.set(key, (place = known.size));
    if (known.size > MOST_VALUES) return undefined;
    places[row] = place;
  }
  if (known.size < 2 || values.length < FEWEST_ROWS_EACH * known.size) return undefined;
  return places.join();
}

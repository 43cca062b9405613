/** Columns that name somebody, or something, who has several rows: customers, patients, devices. */
import type { tables } from "@sandglass/core";

export interface RepeatedKey {
  readonly column: string;
  readonly distinct: number;
  /** Of each, on average. */
  readonly rowsEach: number;
}

const WHO =
  /(?:^|[\W_])(?:customer|client|user|patient|person|member|driver|courier|employee|student|subject|passenger|account|card|device|sensor|machine|vehicle|truck|household|session|author|participant)s?(?:$|[\W_])/iu;
/** Words of a name that say that it is a key; the kind of a customer is none. */
const KEY = /(?:^|[\W_])(?:id|ids|key|no|nr|number|code|name|uuid|#)$/iu;
/** Fewer are categories, and fewer rows of each no group. */
const [FEWEST, FEWEST_ROWS_EACH] = [20, 1.5];

/** Such columns, the one with the most groups first. */
export function findRepeatedKeys(statistics: readonly tables.ColumnStatistics[]): readonly RepeatedKey[] {
  return statistics
    .filter((column) => column.type !== "date" && (column.type === "text" || column.isInteger))
    .map(({ name, count, missing, distinct }) => ({ column: name, distinct, rowsEach: (count - missing) / distinct }))
    .filter(({ column, distinct, rowsEach }) => isKey(column) && distinct >= FEWEST && rowsEach >= FEWEST_ROWS_EACH)
    .toSorted((a, b) => b.distinct - a.distinct);
}

/** `customer_id`, `Delivery_person_ID`, `userId`, or `customer` alone. */
function isKey(name: string): boolean {
  const words = name.trim().replaceAll(/([a-z])([A-Z])/gu, "$1_$2");
  const rest = words.replace(WHO, "");
  return WHO.test(words) && (rest === "" || KEY.test(words));
}

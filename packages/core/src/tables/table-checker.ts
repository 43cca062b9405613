import type { Column } from "./column.ts";
import { conformTable } from "./conform-table.ts";
import { isDate } from "./dates.ts";
import { formatCount } from "./decision.ts";
import type { CategoryPreprocessing, ColumnPreprocessing, TablePreprocessing } from "./preprocessing.ts";

/** How many categories or columns a note names. */
const MOST_NAMED = 5;
/** Different unseen categories of a column are counted up to that. */
const MOST_COUNTED = 1000;

interface Strangers {
  rows: number;
  readonly categories: Set<string>;
}

/**
 * Compares tables with the one that a preprocessing was made of: what cannot be used is an error, what can be but was not so in
 * training is noted and counted. Tables larger than memory are checked piece by piece.
 *
 * @example
 * const checker = new TableChecker(preprocessing);
 * for await (const piece of pieces) rows.push(encoder.transform(checker.check(piece)));
 * checker.notes();
 */
export class TableChecker {
  readonly #preprocessing: TablePreprocessing;
  readonly #known: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #extra = new Set<string>();
  readonly #unseen = new Map<string, Strangers>();
  readonly #missing = new Map<string, number>();
  #rows = 0;

  constructor(preprocessing: TablePreprocessing) {
    this.#preprocessing = preprocessing;
    this.#known = new Map(
      preprocessing.columns.filter(isClosed).map(({ name, categories }) => [name, new Set(categories)]),
    );
  }

  /**
   * The columns that take part, in the order and of the types that they had in training.
   *
   * @throws TableError when columns are missing, or hold values of another type than in training.
   */
  check(columns: readonly Column[]): readonly Column[] {
    const { columns: plans, leftOut } = this.#preprocessing;
    const table = conformTable(plans, columns, this.#rows + 1);
    const names = new Set([...plans, ...leftOut].map(({ name }) => name));
    for (const { name } of columns) if (!names.has(name)) this.#extra.add(name);
    for (const [index, plan] of plans.entries()) this.#count(plan, table.columns[index] as Column);
    this.#rows += table.count;
    return table.columns;
  }

  /** What was not so in training, in plain words, of all that was checked so far. */
  notes(): readonly string[] {
    const rows = (count: number): string => `${formatCount(count)} of ${formatCount(this.#rows)} rows`;
    const extra = [...this.#extra];
    return [
      ...(extra.length === 0
        ? []
        : [`training had no ${list(extra, "column", "columns")}, which makes no difference here`]),
      ...Array.from(
        this.#missing,
        ([name, count]) => `column "${name}" has no value in ${rows(count)}; in training it always had one`,
      ),
      ...Array.from(this.#unseen, ([name, strangers]) => {
        const categories = [...strangers.categories];
        const atLeast = categories.length === MOST_COUNTED ? "at least " : "";
        return `column "${name}" has ${atLeast}${list(categories, "category", "categories")} that training did not have, in ${rows(strangers.rows)}`;
      }),
    ];
  }

  #count(plan: ColumnPreprocessing, column: Column): void {
    if (!(plan.role === "category" ? plan.hasMissing : plan.hasIndicator)) {
      const count = countMissing(column);
      if (count > 0) this.#missing.set(plan.name, (this.#missing.get(plan.name) ?? 0) + count);
    }
    const known = this.#known.get(plan.name);
    if (known === undefined || column.type !== "text") return;
    for (const value of column.values) {
      if (value === undefined || known.has(value)) continue;
      const strangers = this.#unseen.get(plan.name) ?? { rows: 0, categories: new Set() };
      this.#unseen.set(plan.name, strangers);
      strangers.rows++;
      if (strangers.categories.size < MOST_COUNTED) strangers.categories.add(value);
    }
  }
}

/** Whether all training categories are known by name. */
function isClosed(plan: ColumnPreprocessing): plan is CategoryPreprocessing {
  return plan.role === "category" && plan.others.length === 0;
}

function countMissing({ type, values }: Column): number {
  if (type === "text") return values.reduce((count: number, value) => count + (value === undefined ? 1 : 0), 0);
  const isPresent = type === "date" ? isDate : Number.isFinite;
  return values.reduce((count, value) => count + (isPresent(value) ? 0 : 1), 0);
}

/** `3 columns ("a", "b", "c")` */
function list(names: readonly string[], one: string, several: string): string {
  const named = names.slice(0, MOST_NAMED).map((name) => JSON.stringify(name));
  if (names.length === 1) return `${one} ${named[0]}`;
  return `${formatCount(names.length)} ${several} (${named.join(", ")}${names.length > MOST_NAMED ? ", …" : ""})`;
}

import type { Column } from "./column.ts";
import type { RowNumber } from "./conform-column.ts";
import { conformTable } from "./conform-table.ts";
import { isDate } from "./dates.ts";
import { formatCount } from "./decision.ts";
import { joinNotes, type ColumnNote, type JoinedTexts } from "./join-notes.ts";
import type {
  CategoryPreprocessing,
  ColumnPreprocessing,
  LinearScale,
  Scaling,
  TablePreprocessing,
} from "./preprocessing.ts";

/** How many categories or columns a note names. */
const MOST_NAMED = 5;
/** Values count as far from those of the training beyond so many scales of their column; min-max scaled ones, beyond so many ranges. */
const FAR = 10;
const FAR_RANGES = 2;
/** Different unseen categories of a column are counted up to that. */
const MOST_COUNTED = 1000;

export interface TableCheckerOptions {
  /** What errors call a row, by its place in the whole table from 0 on; rows are counted from 1 on unless given. */
  readonly rowNumber?: RowNumber | undefined;
}

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
  readonly #rowNumber: RowNumber;
  readonly #known: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #extra = new Set<string>();
  readonly #unseen = new Map<string, Strangers>();
  readonly #missing = new Map<string, number>();
  readonly #far = new Map<string, number>();
  #rows = 0;

  constructor(preprocessing: TablePreprocessing, { rowNumber = (row) => row + 1 }: TableCheckerOptions = {}) {
    this.#preprocessing = preprocessing;
    this.#rowNumber = rowNumber;
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
    const table = conformTable(plans, columns, (row) => this.#rowNumber(this.#rows + row));
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
    const strange: CheckNote[] = [
      ...Array.from(this.#missing, ([name, count]): CheckNote => ({
        kind: "missing",
        column: name,
        detail: rows(count),
        text: `column "${name}" has no value in ${rows(count)}; in training it always had one`,
      })),
      // In the same units hardly any are: most of them say that the units have changed.
      ...Array.from(this.#far)
        .filter(([, count]) => count > this.#rows / 2)
        .map(([name, count]): CheckNote => ({
          kind: "far",
          column: name,
          detail: rows(count),
          text: `column "${name}" lies far from what it was in training, in ${rows(count)}; if it is in another unit here, convert it`,
        })),
      ...Array.from(this.#unseen, ([name, strangers]): CheckNote => {
        const categories = [...strangers.categories];
        const atLeast = categories.length === MOST_COUNTED ? "at least " : "";
        return {
          kind: "unseen",
          column: name,
          detail: rows(strangers.rows),
          text: `column "${name}" has ${atLeast}${list(categories, "category", "categories")} that training did not have, in ${rows(strangers.rows)}`,
        };
      }),
    ];
    return [
      ...(extra.length === 0
        ? []
        : [`training had no ${list(extra, "column", "columns")}, which makes no difference here`]),
      ...joinNotes(strange, SEVERAL),
    ];
  }

  #count(plan: ColumnPreprocessing, column: Column): void {
    if (!(plan.role === "category" ? plan.hasMissing : plan.hasIndicator)) {
      const count = countMissing(column);
      if (count > 0) this.#missing.set(plan.name, (this.#missing.get(plan.name) ?? 0) + count);
    }
    if (plan.role === "number") {
      const far = countFar(plan, column.values as Float64Array, this.#preprocessing.scaling);
      if (far > 0) this.#far.set(plan.name, (this.#far.get(plan.name) ?? 0) + far);
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

type CheckNote = ColumnNote<"missing" | "far" | "unseen">;

const SEVERAL: JoinedTexts<CheckNote["kind"]> = {
  missing: (columns) => `${columns} lack values; in training they always had one`,
  far: (columns) =>
    `${columns} lie far from what they were in training; what is in another unit here should be converted`,
  unseen: (columns) => `${columns} have categories that training did not have`,
};

/** Whether all training categories are known by name. */
function isClosed(plan: ColumnPreprocessing): plan is CategoryPreprocessing {
  return plan.role === "category" && plan.others.length === 0;
}

function countMissing({ type, values }: Column): number {
  if (type === "text") return values.reduce((count: number, value) => count + (value === undefined ? 1 : 0), 0);
  const isPresent = type === "date" ? isDate : Number.isFinite;
  return values.reduce((count, value) => count + (isPresent(value) ? 0 : 1), 0);
}

/** Numbers that are taken as they are do not say where they lay in training. */
function countFar({ centre, scale }: LinearScale, values: Float64Array, scaling: Scaling): number {
  if (scaling === "none") return 0;
  const [middle, most] = scaling === "minmax" ? [centre + scale / 2, FAR_RANGES * scale] : [centre, FAR * scale];
  return values.reduce((count, value) => {
    const distance = Math.abs(value - middle);
    return count + (distance > most && distance < Infinity ? 1 : 0);
  }, 0);
}

/** `3 columns ("a", "b", "c")` */
function list(names: readonly string[], one: string, several: string): string {
  const named = names.slice(0, MOST_NAMED).map((name) => JSON.stringify(name));
  if (names.length === 1) return `${one} ${named[0]}`;
  return `${formatCount(names.length)} ${several} (${named.join(", ")}${names.length > MOST_NAMED ? ", …" : ""})`;
}

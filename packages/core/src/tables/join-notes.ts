/** Notes on the columns of a table: where the same is to be said of many, it is said once. */
import { formatCount } from "./decision.ts";

export interface ColumnNote<Kind extends string = string> {
  /** What is said; notes of one kind are joined. */
  readonly kind: Kind;
  readonly column: string;
  /** What of it is this column's alone, in a word or two: `142 categories`. */
  readonly detail?: string | undefined;
  /** The whole sentence, without a full stop. */
  readonly text: string;
}

/** What is said of many columns, which are `30 columns ("a", "b", "c", "d", "e" and 25 more)`; of kinds without it, each has its sentence. */
export type JoinedTexts<Kind extends string> = Readonly<Partial<Record<Kind, (columns: string) => string>>>;

/** So many sentences of one kind are read one by one. */
const MOST_ALONE = 3;
/** The columns that a joined sentence names. */
const MOST_NAMED = 5;

/** The sentences, each kind where it comes first. */
export function joinNotes<Kind extends string>(
  notes: readonly ColumnNote<Kind>[],
  joined: JoinedTexts<Kind>,
): readonly string[] {
  return [...Map.groupBy(notes, ({ kind }) => kind)].flatMap(([kind, some]) => {
    const textOf = joined[kind];
    return textOf === undefined || some.length <= MOST_ALONE ? some.map(({ text }) => text) : textOf(describe(some));
  });
}

function describe(notes: readonly ColumnNote[]): string {
  const named = notes.slice(0, MOST_NAMED).map(({ column, detail }) => {
    const name = JSON.stringify(column);
    return detail === undefined ? name : `${name}: ${detail}`;
  });
  const left = notes.length - named.length;
  const more = left === 0 ? "" : ` and ${formatCount(left)} more`;
  return `${formatCount(notes.length)} columns (${named.join(", ")}${more})`;
}

import { damaged, JsonRecord, readText } from "./json-record.ts";
import { DATE_PARTS, SCALINGS } from "./preprocessing.ts";
import type {
  CategoryPreprocessing,
  ColumnPreprocessing,
  DatePart,
  DatePreprocessing,
  LeaveOutReason,
  LeftOutColumn,
  LinearScale,
  NumberPreprocessing,
  TablePreprocessing,
} from "./preprocessing.ts";
import { TableError } from "./table-error.ts";

const VERSION = 1;

/** Features that rows may share at most; above that a file is damaged. */
const MOST_OTHERS = 2 ** 16;

const REASONS: Readonly<Record<LeaveOutReason, true>> = {
  chosen: true,
  label: true,
  empty: true,
  constant: true,
  identifier: true,
  text: true,
  range: true,
};

/**
 * The preprocessing that parsed JSON describes, every value of it checked.
 *
 * @throws TableError when it is damaged, or of another version.
 */
export function readPreprocessing(value: unknown): TablePreprocessing {
  const record = new JsonRecord(value, "preprocessing");
  const version = record.value("version");
  if (version !== VERSION) {
    throw new TableError(
      `the saved preprocessing is of version ${JSON.stringify(version) ?? "unknown"}, and version ${VERSION} can be read; ` +
        "it was saved by another version of Sandglass, or it is damaged",
    );
  }
  const columns = record.list("columns", readColumn);
  if (columns.length === 0) throw damaged("preprocessing.columns", "one column or more", []);
  const leftOut = record.list("leftOut", readLeftOut);
  checkDifferent(
    "preprocessing",
    "columns of different names",
    [...columns, ...leftOut].map(({ name }) => name),
  );
  return {
    version: VERSION,
    scaling: record.choice("scaling", SCALINGS),
    columns,
    leftOut,
    notes: record.list("notes", readText),
  };
}

const READERS: {
  readonly [Role in ColumnPreprocessing["role"]]: (record: JsonRecord, path: string) => ColumnPreprocessing;
} = {
  number: readNumber,
  category: readCategory,
  date: readDate,
};

function readColumn(value: unknown, path: string): ColumnPreprocessing {
  const record = new JsonRecord(value, path);
  return READERS[record.choice("role", ["number", "category", "date"])](record, path);
}

function readNumber(record: JsonRecord): NumberPreprocessing {
  return {
    name: record.text("name"),
    role: "number",
    ...readScale(record),
    fill: record.number("fill"),
    hasIndicator: record.flag("hasIndicator"),
    isInteger: record.flag("isInteger"),
  };
}

function readCategory(record: JsonRecord, path: string): CategoryPreprocessing {
  const categories = record.list("categories", readText);
  if (categories.length === 0) throw damaged(`${path}.categories`, "one category or more", categories);
  checkDifferent(`${path}.categories`, "different categories", categories);
  const others = record.list("others", (value, path) => (value === null ? null : readText(value, path)));
  if (others.length > MOST_OTHERS) throw damaged(`${path}.others`, `a list of up to ${MOST_OTHERS}`, others.length);
  return {
    name: record.text("name"),
    role: "category",
    type: record.choice("type", ["number", "text", "date"]),
    categories,
    hasMissing: record.flag("hasMissing"),
    others,
  };
}

function readDate(record: JsonRecord, path: string): DatePreprocessing {
  const parts = record.list("parts", (value, path): DatePart => {
    const part = DATE_PARTS.find((known) => known === value);
    if (part === undefined) throw damaged(path, `one of ${DATE_PARTS.join(", ")}`, value);
    return part;
  });
  checkDifferent(`${path}.parts`, "different parts", parts);
  return {
    name: record.text("name"),
    role: "date",
    ...readScale(record),
    parts,
    hasUnitCycles: record.flag("hasUnitCycles"),
    fill: record.number("fill"),
    hasIndicator: record.flag("hasIndicator"),
    hasTimes: record.flag("hasTimes"),
  };
}

function readScale(record: JsonRecord): LinearScale {
  return { centre: record.number("centre"), scale: record.positive("scale") };
}

function readLeftOut(value: unknown, path: string): LeftOutColumn {
  const record = new JsonRecord(value, path);
  const reasons = Object.keys(REASONS) as LeaveOutReason[];
  return { name: record.text("name"), reason: record.choice("reason", reasons), note: record.text("note") };
}

function checkDifferent(path: string, expected: string, texts: readonly string[]): void {
  const seen = new Set<string>();
  for (const text of texts) {
    if (seen.has(text)) throw damaged(path, expected, [text, text]);
    seen.add(text);
  }
}

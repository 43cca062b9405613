/** Features as the texts of cells, in the user's own units. */
import { tables } from "@sandglass/core";

/** What stands where there is no value. */
const MISSING = "—";

const MILLISECONDS_PER_DAY = 86_400_000;

/** The cells of whole rows: one list for each column. Numbers have as many digits as their column's spread makes sense of. */
export function cellTexts(encoder: tables.TableEncoder, features: Float32Array): readonly (readonly string[])[] {
  return encoder.inverse(features, { round: true }).map((column, index) => {
    const plan = encoder.preprocessing.columns[index] as tables.ColumnPreprocessing;
    if (plan.role === "category" && plan.others.length > 0) return categoryTexts(encoder, index, plan, features);
    if (column.type === "text") return column.values.map((text) => text ?? MISSING);
    const write = column.type === "date" ? dateWriter(plan) : numberWriter(plan);
    return Array.from(column.values, (value) => (Number.isNaN(value) ? MISSING : write(value)));
  });
}

/** As many decimals as show a thousandth of the spread. */
function numberWriter(plan: tables.ColumnPreprocessing): (value: number) => string {
  if (plan.role !== "number" || plan.isInteger) return (value) => String(value + 0);
  const decimals = Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(plan.scale))));
  return (value) => String(Number(value.toFixed(decimals)) + 0);
}

/** `2024-03-01`, `2024-03-01 12:30`, or `12:30` of a column of times of day, which lie in the first day of 1970. */
function dateWriter(plan: tables.ColumnPreprocessing): (value: number) => string {
  const isTime = plan.role === "date" && plan.hasTimes && plan.fill >= 0 && plan.fill < MILLISECONDS_PER_DAY;
  return (value) => {
    const [day = "", time] = tables.dateText(value).split("T");
    if (isTime) return (time ?? "00:00").slice(0, 5);
    return time === undefined ? day : `${day} ${time.slice(0, 5)}`;
  };
}

/** Categories that share features are not told apart: `other 3` is one of those of the third. */
function categoryTexts(
  { width, featureColumns, featureNames }: tables.TableEncoder,
  index: number,
  { name, categories, others }: tables.CategoryPreprocessing,
  features: Float32Array,
): string[] {
  const { from, to } = featureColumns[index] as tables.FeatureColumn;
  return Array.from({ length: features.length / width }, (_, row) => {
    const own = features.subarray(row * width + from, row * width + to);
    const place = own.reduce((best, value, at) => (value > (own[best] as number) ? at : best), 0);
    if ((own[place] as number) <= 0 || place >= categories.length + others.length) return MISSING;
    return categories[place] ?? (featureNames[from + place] as string).slice(name.length + 1);
  });
}

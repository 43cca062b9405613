/** A table with everything that a look at it is to find. */
import { RandomStream } from "@sandglass/core";

export const ROWS = 600;
/** The row, counted from 0, whose weight is not that of a thing of its size. */
export const UNUSUAL_ROW = 123;
/** Rows without `ordered` and `shipped`: every twentieth. */
export const MISSING_TOGETHER = 30;
/** Rows whose age is unknown. */
export const UNKNOWN_AGES = 12;

/**
 * Orders as CSV: `order_id` counts rows, `customer_id` names 60 customers, `cents` follows from `price`, `rank` grows with `price` but not in
 * proportion, `region_code` is `region` in other words, `score` decides `late`, `ordered` and `shipped` are missing together, `age` says -999 where
 * it is unknown, `note` holds numbers and words, `always` is constant, `volume` is skewed, and `day` has a gap of 60 days.
 */
export function plantedCsv(): string {
  const random = new RandomStream(7);
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const size = random.uniform(10, 50);
    const price = random.uniform(1, 9);
    const region = random.integer(4);
    const score = random.uniform(0, 1);
    const isMissing = row % (ROWS / MISSING_TOGETHER) === 3;
    // From day 100 on sixty days later.
    const day = Math.floor(row / 3) + (row >= 300 ? 60 : 0);
    return [
      row + 1000,
      `C${(row * 7) % 60}`,
      size.toFixed(3),
      (2 * size + random.uniform(-1, 1) + (row === UNUSUAL_ROW ? 60 : 0)).toFixed(3),
      price.toFixed(4),
      (price * 100).toFixed(2),
      Math.exp(price).toFixed(3),
      ["north", "south", "east", "west"][region],
      ["N", "S", "E", "W"][region],
      isMissing ? "" : random.integer(5),
      isMissing ? "" : random.uniform(0, 1).toFixed(3),
      row % (ROWS / UNKNOWN_AGES) === 5 ? -999 : 20 + random.integer(50),
      row % 3 === 0 ? "unknown" : random.integer(400),
      "EUR",
      (random.uniform(0, 1) ** -0.8).toFixed(4),
      new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
      score.toFixed(4),
      score > 0.7 ? "yes" : "no",
    ].join(",");
  });
  const header =
    "order_id,customer_id,size,weight,price,cents,rank,region,region_code,ordered,shipped,age,note,always,volume,day,score,late";
  return [header, ...lines, ""].join("\n");
}

/** What TensorBoard shows of a tensor's distribution. */
const BUCKETS = 30;

/**
 * Buckets of equal width from the smallest value to the largest: left edge, right edge and count of each. Of equal values
 * all are in the last one.
 *
 * Source: `_buckets` in tensorboard/plugins/histogram/summary_v2.py.
 */
export function histogramBuckets(values: Float32Array): Float64Array {
  const buckets = new Float64Array(BUCKETS * 3);
  if (values.length === 0) return buckets;
  let [smallest, largest] = [Infinity, -Infinity];
  for (const value of values) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }
  const width = (largest - smallest) / BUCKETS;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    buckets[3 * bucket] = smallest + width * bucket;
    buckets[3 * bucket + 1] = bucket === BUCKETS - 1 ? largest : smallest + width * (bucket + 1);
  }
  for (const value of values) {
    const bucket = width === 0 ? BUCKETS - 1 : Math.min(BUCKETS - 1, Math.floor((value - smallest) / width));
    const at = 3 * bucket + 2;
    buckets[at] = (buckets[at] as number) + 1;
  }
  return buckets;
}

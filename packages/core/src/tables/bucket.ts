import { hashText } from "./hash-text.ts";

/** Which of the features that categories share is that of a category, from 0 on. */
export function bucketOf(category: string, buckets: number): number {
  return hashText(category) % buckets;
}

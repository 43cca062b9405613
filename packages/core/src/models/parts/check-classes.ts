import type { Brief } from "../model-family.ts";

/** @throws RangeError unless samples have labels of two classes and more, which a conditional model goes by. */
export function checkClasses(family: string, { numClasses }: Brief): void {
  if (numClasses > 1) return;
  throw new RangeError(
    `a conditional model "${family}" needs samples of at least two classes; ` +
      `${numClasses === 0 ? "samples without labels" : "samples of one class"} came`,
  );
}

/** Names as Keras gives them: `conv2d`, `conv2d_1`, …, counted for the whole session. */

const counts = new Map<string, number>();

/** The next free name for a class: `Conv2D` gives `conv2d`, then `conv2d_1`. */
export function autoName(className: string): string {
  const base = toSnakeCase(className);
  const count = counts.get(base) ?? 0;
  counts.set(base, count + 1);
  return count === 0 ? base : `${base}_${count}`;
}

/** Starts counting again, as Keras's `clear_session`: the next conv2d layer is called `conv2d`. */
export function resetNames(): void {
  counts.clear();
}

/** How far names have been counted. */
export function countedNames(): ReadonlyMap<string, number> {
  return new Map(counts);
}

/** Goes on counting from there. */
export function restoreNames(counted: ReadonlyMap<string, number>): void {
  counts.clear();
  for (const [base, count] of counted) counts.set(base, count);
}

/** `MaxPooling2D` → `max_pooling2d`, `kernelInitializer` → `kernel_initializer` */
export function toSnakeCase(name: string): string {
  return name
    .replaceAll(/(.)([A-Z][a-z]+)/gu, "$1_$2")
    .replaceAll(/([a-z])([A-Z])/gu, "$1_$2")
    .toLowerCase();
}

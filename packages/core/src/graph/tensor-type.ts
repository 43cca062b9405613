/**
 * Types of tensors. The batch is not part of any shape: a tensor is either per sample, with the shape of one sample, or
 * shared by all samples (a weight, a learning rate).
 */

export type Shape = readonly number[];

export type Scope = "sample" | "shared";

export interface TensorType {
  readonly shape: Shape;
  readonly scope: Scope;
}

export function perSample(shape: Shape): TensorType {
  return { shape, scope: "sample" };
}

export function shared(shape: Shape): TensorType {
  return { shape, scope: "shared" };
}

/** Number of elements of one sample, or of the shared tensor. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** `[28, 28, 1]` */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** `[28, 28, 1] per sample`, `[3, 3] shared` */
export function formatType(type: TensorType): string {
  return `${formatShape(type.shape)} ${type.scope === "sample" ? "per sample" : "shared"}`;
}

/**
 * The shape that two operands of an element-wise operation have in common, by NumPy's rule: axes are aligned at the end,
 * and an axis of size 1 stretches. Undefined where they do not fit.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    shape.push(left === 1 ? right : left);
  }
  return shape;
}

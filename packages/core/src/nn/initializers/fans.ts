import type { Shape } from "../../graph/tensor-type.ts";

/** How many inputs reach an output and how many outputs an input reaches, by Keras's rule for the shape of a kernel. */
export function computeFans(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  const last = shape.at(-1) ?? 1;
  if (shape.length < 2) return { fanIn: last, fanOut: last };
  // [...window, in, out]
  const window = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: (shape.at(-2) as number) * window, fanOut: last * window };
}

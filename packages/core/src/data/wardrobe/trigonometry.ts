/**
 * Sine, cosine and length from additions, multiplications and divisions alone. ECMAScript leaves the last bits of Math.sin,
 * Math.cos and Math.hypot to the engine; these give the same bits everywhere, so the images do too.
 */

/** Cosine and sine of an angle in turns (1 is a full circle), to within 4e-6. */
export function direction(turns: number): { readonly cos: number; readonly sin: number } {
  return { cos: sine(turns + 0.25), sin: sine(turns) };
}

/** Sine of an angle in turns: 5 terms of the Taylor series over a quarter of a circle, where its error is below 4e-6. */
function sine(turns: number): number {
  // Folds the angle into the first quarter: t in [-0.5, 0.5), then its mirror image about a quarter turn.
  const wrapped = turns - Math.floor(turns + 0.5);
  const size = wrapped < 0 ? -wrapped : wrapped;
  const folded = size > 0.25 ? 0.5 - size : size;
  const x = folded * 6.283185307179586;
  const square = x * x;
  const series = 1 - (square / 6) * (1 - (square / 20) * (1 - (square / 42) * (1 - square / 72)));
  return wrapped < 0 ? -x * series : x * series;
}

/** Length of the vector (x, y), by Newton's iteration for the square root. */
export function length(x: number, y: number): number {
  const square = x * x + y * y;
  if (square === 0) return 0;
  // Between the largest component and √2 times it, so four steps reach the precision of a double.
  let root = Math.max(Math.abs(x), Math.abs(y)) * 1.2;
  for (let step = 0; step < 4; step++) root = (root + square / root) / 2;
  return root;
}

/**
 * baseⁿ for a whole n from 0 on, by multiplications alone: engines differ in the last bits of `**`, and weights must not.
 */
export function integerPower(base: number, n: number): number {
  let result = 1;
  let factor = base;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= factor;
    factor *= factor;
  }
  return result;
}

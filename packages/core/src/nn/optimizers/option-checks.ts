/** @throws RangeError unless the value is a finite number from 0 on. */
export function checkFromZero(className: string, option: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`${option} of ${className} must be a number from 0 on; ${value} came`);
}

/** @throws RangeError unless the value is in [0, 1). */
export function checkDecay(className: string, option: string, value: number): number {
  if (value >= 0 && value < 1) return value;
  throw new RangeError(`${option} of ${className} must be from 0 to below 1; ${value} came`);
}

/** @throws RangeError unless the value is a positive number. */
export function checkEpsilon(className: string, value: number): number {
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`epsilon of ${className} must be positive; ${value} came`);
}

/** @throws RangeError unless the value is a whole number from `least` on. */
export function checkCount(className: string, option: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`${option} of ${className} must be a whole number from ${least} on; ${value} came`);
}

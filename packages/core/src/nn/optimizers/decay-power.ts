import { integerPower } from "../integer-power.ts";

/**
 * 1 − βᵗ as Keras computes it: in float32, where 1 − 0.999 is off by 1.3e-5. Over 50 steps of Adam that moves losses by up
 * to 6e-5, and with the same rounding they agree within 1e-6 (`trajectory.test.ts`).
 */
export function oneMinusPower(decay: number, t: number): number {
  return Math.fround(1 - Math.fround(integerPower(Math.fround(decay), t)));
}

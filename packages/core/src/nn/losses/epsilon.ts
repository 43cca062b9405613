/** Keras's epsilon, which keeps divisors and logarithms away from 0. */
export const EPSILON = 1e-7;

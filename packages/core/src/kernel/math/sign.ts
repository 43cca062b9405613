/** Masks that split a float32 into its sign and its size. */
export const SIGN_BIT = 0x80000000;
export const WITHOUT_SIGN = 0x7fffffff;

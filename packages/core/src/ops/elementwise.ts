/** All element-wise ops. */
export * from "./binary.ts";
export * from "./compare.ts";
export * from "./unary.ts";

export * from "./balance/index.ts";
export * from "./figures/index.ts";

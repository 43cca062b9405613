export * from "@sandglass/core";
export * from "./data/index.ts";
export { UserError } from "./errors.ts";
export * from "./runs/index.ts";
export * from "./training/index.ts";

/** @sandglass/core: autoencoders in TypeScript. */
export * from "./data/index.ts";
export * from "./formats/idx/index.ts";

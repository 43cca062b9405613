export * from "./imagenet/class-names.ts";
export * from "./mobilenet-v2/index.ts";

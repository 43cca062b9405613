export { load } from "./load-autoencoder.ts";
export { vanilla } from "./vanilla/vanilla.ts";

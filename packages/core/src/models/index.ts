export { load } from "./load-autoencoder.ts";
export { pca } from "./pca/pca.ts";
export { vanilla } from "./vanilla/vanilla.ts";

export { conv } from "./conv/conv.ts";
export { create } from "./create-autoencoder.ts";
export { deep } from "./deep/deep.ts";
export { load } from "./load-autoencoder.ts";
export { pca } from "./pca/pca.ts";
export { sparse } from "./sparse/sparse.ts";
export { vae } from "./vae/vae.ts";
export { vanilla } from "./vanilla/vanilla.ts";

import { describeFamily } from "../testing/family-contract.ts";
import { vqVae } from "./vq-vae.ts";
describeFamily(vqVae.family, "vq-vae: convolutional", {
  options: { architecture: "conv", codebook: 32 },
  figure: "reconstruction",
});
describeFamily(vqVae.family, "vq-vae: dense", { options: { architecture: "dense" }, figure: "reconstruction" });

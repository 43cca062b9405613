import { describeFamily } from "../testing/family-contract.ts";
import { vae } from "./vae.ts";
describeFamily(vae.family, "vae: dense", { options: { architecture: "dense" } });
describeFamily(vae.family, "vae: convolutional", { options: { architecture: "conv" } });

/** Photographs put through MobileNetV2 with trained weights, in Node and in pages. */
import { applications } from "@sandglass/core";

export interface ClassifiedPhotographs {
  /** Of each photograph the most probable class, by the network of alpha 1. */
  readonly best: readonly applications.DecodedPrediction[];
  /** Of all photographs the features by the network of alpha 0.35. */
  readonly features: readonly number[];
}

/** @param read gives the bytes of a file by its name: an array of alpha 1, `features.h5`, or `pixels`. */
export async function classifyPhotographs(read: (name: string) => Promise<Uint8Array>): Promise<ClassifiedPhotographs> {
  const pixels = applications.preprocessInput(await read("pixels"));
  const network = await applications.loadMobileNetV2Folder(read);
  const predicted = applications.decodePredictions(await network.predict(pixels), { top: 1 });
  const base = await applications.loadMobileNetV2(await read("features.h5"), {
    alpha: 0.35,
    includeTop: false,
    pooling: "avg",
  });
  const features = [...(await base.predict(pixels))];
  await Promise.all([network.dispose(), base.dispose()]);
  return { best: predicted.flat(), features };
}

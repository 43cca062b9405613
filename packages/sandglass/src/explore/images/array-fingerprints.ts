/** What makes samples of arrays known again: their values, and what they look like where they are large enough. */
import { rowHashes, type Dataset } from "@sandglass/core";
import type { FingerprintResult } from "../../images/leaks/index.ts";
import { haveLooks, lookOfSample } from "../../images/leaks/look-of-sample.ts";

/** Of each sample. Samples of the same values have the same content, as files of the same bytes do. */
export function arrayFingerprints(data: Dataset): FingerprintResult[] {
  const areLarge = haveLooks(data);
  return Array.from(rowHashes(data.values, data.values.length / data.count), (hash, sample) => {
    const look = areLarge ? lookOfSample(data, sample) : undefined;
    return { content: String(hash), ...(look && { look }) };
  });
}

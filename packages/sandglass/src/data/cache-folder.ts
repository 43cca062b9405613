import { join } from "node:path";
import envPaths from "env-paths";

/** Where downloaded data sets are kept: the platform's own folder for what can be fetched again. */
export function defaultCacheFolder(): string {
  return cacheFolder("datasets");
}

/** Where downloaded weights of models are kept. */
export function defaultWeightsFolder(): string {
  return cacheFolder("weights");
}

function cacheFolder(name: string): string {
  return join(envPaths("sandglass", { suffix: "" }).cache, name);
}

import { ConfigReader } from "../config-reader.ts";
import { regularizers } from "../regularizers/registry.ts";
import type { LayerOptions } from "./layer.ts";

/** Reads the configuration of a layer: `layerOptions()` also finds the penalty on its outputs, which every layer may have. */
export class LayerConfigReader extends ConfigReader {
  override layerOptions(): LayerOptions {
    return { ...super.layerOptions(), activityRegularizer: regularizers.read(this, "activity_regularizer") };
  }
}

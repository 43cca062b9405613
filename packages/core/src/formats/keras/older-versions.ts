/**
 * Settings that Keras 3 got over time. A version that does not know one refuses the whole file, and every version takes
 * the same value when it is left out; so these values are left out.
 */
import type { JsonValue, KerasConfig } from "../../nn/keras-object.ts";

/** The value that says nothing, by key. */
const LATER_DEFAULTS: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ["input_axes", null], // of initializers
  ["output_axes", null], // of initializers
  ["quantization_config", null], // of layers with a kernel
  ["ragged", false], // of InputLayer
  ["optional", false], // of InputLayer
]);

/** A layer's settings, and those of the objects in them, as every version of Keras 3 understands them. */
export function forOlderVersions(config: KerasConfig): KerasConfig {
  const kept = Object.entries(config).filter(([key, value]) => LATER_DEFAULTS.get(key) !== value);
  return Object.fromEntries(kept.map(([key, value]) => [key, isConfig(value) ? forOlderVersions(value) : value]));
}

function isConfig(value: JsonValue): value is KerasConfig {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How Keras writes objects (layers, initializers, …) into its JSON. */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A Keras configuration: keys and values in Keras's own spelling. */
export type KerasConfig = Readonly<Record<string, JsonValue>>;

/** An object with its class, as Keras 3 writes it. */
export interface KerasObject {
  readonly [key: string]: JsonValue;
  readonly module: string;
  readonly class_name: string;
  readonly config: KerasConfig;
  readonly registered_name: string | null;
}

/** A class that Keras itself brings along. */
export function kerasObject(module: string, className: string, config: KerasConfig): KerasObject {
  return { module, class_name: className, config, registered_name: null };
}

/** Keras's note of the numbers' type; everything here is float32. */
export const FLOAT32_POLICY: KerasObject = kerasObject("keras", "DTypePolicy", { name: "float32" });

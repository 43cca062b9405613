import type { ModelFamily } from "../model-family.ts";
import type { Preset } from "../options/common-options.ts";

/** The options that ask a family for a preset; none of a family that has only one size. */
export function withPreset({ options }: ModelFamily, preset: Preset): { readonly preset?: Preset } {
  return Object.hasOwn(options, "preset") ? { preset } : {};
}

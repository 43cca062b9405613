import type { OpenServices } from "../sources/index.ts";
import type { Context } from "./context.ts";

/** What opening data needs of a call. */
export function openServices({ globals, output, signal }: Context): OpenServices {
  const dataDir = globals.dataDir ?? process.env["SANDGLASS_DATA"];
  return { dataDir, note: (line) => output.note(line), signal };
}

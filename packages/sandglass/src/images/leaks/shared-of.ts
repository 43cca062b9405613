import { NAMED, type SharedSamples } from "../../leaks/index.ts";
import type { SplitLeak } from "./image-leaks.ts";

/** A leak in the words of all kinds of data. */
export function sharedOf({ from, to, images }: SplitLeak): SharedSamples {
  return {
    from,
    to,
    count: images.length,
    byLook: images.filter(({ by }) => by === "look").length,
    named: images.slice(0, NAMED).map(({ image, twin }) => [image.name, twin.name]),
  };
}

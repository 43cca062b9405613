/** Parts of images, and images around them, with the aspect ratio of another size. Rounding is Keras's. */
import type { Node } from "../../graph/node.ts";

type Size = readonly [height: number, width: number];

/** The largest part about the middle of an image [height, width, channels] with the aspect ratio of a size. */
export function aspectWindow(
  image: Node,
  to: Size,
): { readonly begin: readonly number[]; readonly size: readonly number[] } {
  const [height, width, channels] = image.type.shape as [number, number, number];
  const [idealHeight, idealWidth] = idealSize([height, width], to);
  const rows = Math.max(1, Math.min(height, idealHeight));
  const columns = Math.max(1, Math.min(width, idealWidth));
  const begin = [Math.floor((height - rows) / 2), Math.floor((width - columns) / 2), 0];
  return { begin, size: [rows, columns, channels] };
}

/** What to add at each edge of an image for the aspect ratio of a size: both edges get the same, as in Keras. */
export function aspectMargins(image: Node, to: Size): readonly number[] {
  const [height, width] = image.type.shape as [number, number, number];
  const [idealHeight, idealWidth] = idealSize([height, width], to);
  const rows = Math.floor((Math.max(height, idealHeight) - height) / 2);
  const columns = Math.floor((Math.max(width, idealWidth) - width) / 2);
  return [rows, columns, 0];
}

/** The height that goes with the width, and the width that goes with the height. */
function idealSize([height, width]: Size, to: Size): Size {
  return [Math.floor((width * to[0]) / to[1]), Math.floor((height * to[1]) / to[0])];
}

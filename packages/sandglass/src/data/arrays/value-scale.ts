/** How the numbers of an array become the values of samples: which are kept as bytes, and what a value is multiplied by. */
import type { NpyNumbers } from "@sandglass/core";

export interface ValueScale {
  /** Kept as bytes, or made floats. */
  readonly dtype: "uint8" | "float32";
  readonly scale: number;
  /** Why, where that may surprise. */
  readonly note?: string;
}

interface Extent {
  readonly least: number;
  readonly most: number;
}

/** Floats up to here may be anything; pixels of 0 to 255 go beyond. */
const FEW_LEVELS = 16;

/**
 * Decides by the type and by what values there are. Pixels of 0 to 255 count 1/255 each, in whatever type they were saved; numbers of a table are
 * left as they are.
 *
 * @param isImages whether samples have height and width.
 */
export function valueScale({ dtype, data }: NpyNumbers, isImages: boolean): ValueScale {
  const extent = extentOf(data);
  const { least, most } = extent;
  if (dtype === "bool") return { dtype: "uint8", scale: 1 };
  if (dtype === "uint8") return scaleOfBytes(extent, isImages);
  if (!isImages || least < 0) return { dtype: "float32", scale: 1 };
  const isFloat = dtype.startsWith("float");
  if (isFloat && most > FEW_LEVELS && most <= 255) {
    return { dtype: "float32", scale: 1 / 255, note: "the values are 0 to 255 and count 1/255 each" };
  }
  if (!isFloat && most <= 255) return { ...scaleOfBytes(extent, isImages), dtype: "uint8" };
  if (dtype === "uint16") {
    return { dtype: "float32", scale: 1 / 65535, note: "the values have 16 bits and count 1/65535 each" };
  }
  return { dtype: "float32", scale: 1 };
}

function scaleOfBytes({ most }: Extent, isImages: boolean): ValueScale {
  if (most <= 1)
    return { dtype: "uint8", scale: 1, ...(isImages && { note: "the values are 0 and 1, and taken as they are" }) };
  if (isImages || most === 255) return { dtype: "uint8", scale: 1 / 255 };
  return {
    dtype: "uint8",
    scale: 1,
    note: `the values, up to ${most}, are taken as the numbers of a table, not as pixels`,
  };
}

function extentOf(data: NpyNumbers["data"]): Extent {
  let [least, most] = [Infinity, -Infinity];
  for (let index = 0; index < data.length; index++) {
    const value = data[index] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}

/** The types of elements: numbers and texts. Source: HDF5 File Format Specification 3.0, IV.A.2.d "The Datatype Message". */
import type { Block } from "./file-bytes.ts";

/** What an array or an attribute is made of. */
export type ElementType =
  | { readonly kind: "float" | "int" | "uint"; readonly size: number }
  /** Texts of a fixed number of bytes. */
  | { readonly kind: "text"; readonly size: number }
  /** Texts of any length, which lie in a heap of the file. */
  | { readonly kind: "longText"; readonly size: number }
  | { readonly kind: "unknown"; readonly size: number; readonly name: string };

// prettier-ignore
const CLASS_NAMES = [
  "integer", "float", "time", "text", "bit field", "opaque", "compound", "reference", "enumeration", "variable length", "array",
];
const BIG_ENDIAN_FLAG = 1;
const SIGNED_FLAG = 8;
const TEXT_FLAG = 1;
/** Exponent and mantissa of the IEEE formats, by their size in bytes. */
const IEEE_EXPONENT_BITS: Readonly<Record<number, number>> = { 2: 5, 4: 8, 8: 11 };

export function readElementType(body: Block): ElementType {
  const classAndVersion = body.u8();
  const [flags] = [body.u8(), body.u8(), body.u8()];
  const size = body.u32();
  const unknown = (detail: string): ElementType => ({ kind: "unknown", size, name: detail });
  const name = CLASS_NAMES[classAndVersion & 15] ?? "unknown";
  const isBigEndian = (flags & BIG_ENDIAN_FLAG) !== 0;
  switch (name) {
    case "integer":
      if (isBigEndian) return unknown("big-endian integer");
      return { kind: (flags & SIGNED_FLAG) === 0 ? "uint" : "int", size };
    case "float": {
      body.skip(5);
      const exponentBits = body.u8();
      if (isBigEndian) return unknown("big-endian float");
      return IEEE_EXPONENT_BITS[size] === exponentBits
        ? { kind: "float", size }
        : unknown(`float of ${size} bytes, ${exponentBits} bits of exponent`);
    }
    case "text":
      return { kind: "text", size };
    case "variable length":
      return (flags & 15) === TEXT_FLAG ? { kind: "longText", size } : unknown("list of variable length");
    default:
      return unknown(name);
  }
}

/** `float32`, as NumPy says it. */
export function describeElementType(type: ElementType): string {
  if (type.kind === "unknown") return type.name;
  if (type.kind === "text" || type.kind === "longText") return "text";
  return `${type.kind}${type.size * 8}`;
}

/** Arrays and texts as an HDF5 file. */
import type { Group } from "h5wasm";
import { createHdf5 } from "./create-hdf5.ts";
import { countOf } from "./dataspace.ts";
import { Hdf5Error } from "./hdf5-error.ts";

/** Element types that can be written. */
export type WrittenData = Float32Array | Float64Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

/** An array and where it lies: `layers/dense/vars/0`. */
export interface WrittenArray {
  readonly path: string;
  /** `[]` for a single number. */
  readonly shape: readonly number[];
  /** In C order. */
  readonly data: WrittenData;
}

/** A text, or several, beside a group. */
export interface WrittenAttribute {
  /** The group's path, which is made where there is none; empty for the root. */
  readonly path: string;
  readonly name: string;
  readonly value: string | readonly string[];
}

/**
 * Writes an HDF5 file; the same bytes for the same content.
 *
 * @throws Hdf5Error when a path comes twice, or when data do not fill their shape.
 */
export async function writeHdf5(
  arrays: readonly WrittenArray[],
  attributes: readonly WrittenAttribute[] = [],
): Promise<Uint8Array> {
  const seen = new Set<string>();
  for (const array of arrays) {
    checkArray(array);
    if (seen.has(array.path)) throw new Hdf5Error(`the array "${array.path}" came twice; paths must differ`);
    seen.add(array.path);
  }
  return createHdf5((file) => {
    const groups = new Map<string, Group>([["", file]]);
    for (const attribute of attributes) writeAttribute(groups, attribute);
    for (const array of arrays) writeArray(groups, array);
  });
}

function checkArray({ path, shape, data }: WrittenArray): void {
  if (!/^[^/]+(?:\/[^/]+)+$/u.test(path)) {
    throw new Hdf5Error(`"${path}" is no path of an array; expected one such as "layers/dense/vars/0"`);
  }
  if (data.length === countOf(shape)) return;
  throw new Hdf5Error(
    `the array "${path}" has ${data.length} values; its shape [${shape.join(", ")}] asks for ${countOf(shape)}`,
  );
}

function writeArray(groups: Map<string, Group>, { path, shape, data }: WrittenArray): void {
  const slash = path.lastIndexOf("/");
  const group = groupAt(groups, path.slice(0, slash));
  group.create_dataset({ name: path.slice(slash + 1), data, shape: [...shape] });
}

function writeAttribute(groups: Map<string, Group>, { path, name, value }: WrittenAttribute): void {
  const group = groupAt(groups, path);
  if (typeof value === "string") group.create_attribute(name, value);
  // The library cannot tell of what type an empty list is.
  else if (value.length === 0) group.create_attribute(name, [], [0], "S1");
  else group.create_attribute(name, [...value]);
}

/** The group of a path, made with those above it when it is not there yet. */
function groupAt(groups: Map<string, Group>, path: string): Group {
  const known = groups.get(path);
  if (known !== undefined) return known;
  const slash = path.lastIndexOf("/");
  const group = groupAt(groups, path.slice(0, Math.max(0, slash))).create_group(path.slice(slash + 1));
  groups.set(path, group);
  return group;
}

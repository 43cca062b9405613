/** The groups of arrays in an older file: their names in an attribute, in order. */
import type { Hdf5Group, WrittenArray, WrittenAttribute } from "../../hdf5/index.ts";
import { readArray } from "../hdf5-weights.ts";
import { KerasFileError } from "../keras-file-error.ts";
import type { WeightArray } from "../weight-array.ts";

/** The arrays of one layer, in the order of its weights. */
export interface LayerGroup {
  readonly name: string;
  readonly arrays: readonly WeightArray[];
}

/** An attribute of HDF5 holds at most this many bytes; Keras splits longer lists over several. */
const MAX_ATTRIBUTE_BYTES = 64_512;
const MAX_PARTS = 10_000;

/** The layers of a group such as `model_weights`; undefined where it is no such group. */
export function readLayerGroups(group: Hdf5Group): readonly LayerGroup[] | undefined {
  const names = readNames(group, "layer_names");
  return names?.map((name) => ({ name, arrays: readNamedArrays(groupAt(group, name.split("/"))) }));
}

/** The arrays that a group's `weight_names` lists. */
export function readNamedArrays(group: Hdf5Group): readonly WeightArray[] {
  return (readNames(group, "weight_names") ?? []).map((name) => {
    const path = name.split("/");
    const found = groupAt(group, path.slice(0, -1)).get(path.at(-1) ?? "");
    if (found?.kind === "array") return readArray(found);
    throw new KerasFileError(`the file lists the weights "${name}" in "${group.path}" and does not hold them`);
  });
}

function groupAt(group: Hdf5Group, path: readonly string[]): Hdf5Group {
  return path.reduce((parent, name) => {
    const child = parent.get(name);
    if (child?.kind === "group") return child;
    throw new KerasFileError(`the file lists "${path.join("/")}" in "${group.path}" and does not hold it`);
  }, group);
}

/** The texts of `name`, or of `name0`, `name1`, … together; undefined where there are none. */
function readNames(group: Hdf5Group, name: string): readonly string[] | undefined {
  if (group.hasAttribute(name)) return group.attribute(name) ?? [];
  if (!group.hasAttribute(`${name}0`)) return undefined;
  const parts: (readonly string[])[] = [];
  while (parts.length < MAX_PARTS && group.hasAttribute(`${name}${parts.length}`)) {
    parts.push(group.attribute(`${name}${parts.length}`) ?? []);
  }
  return parts.flat();
}

/** What lies below `path` for these layers. */
export function writtenLayerGroups(
  path: string,
  layers: readonly LayerGroup[],
): { arrays: WrittenArray[]; attributes: WrittenAttribute[] } {
  const arrays: WrittenArray[] = [];
  const attributes = writtenNames(
    path,
    "layer_names",
    layers.map(({ name }) => name),
  );
  for (const layer of layers) {
    const group = writtenNamedArrays(join(path, layer.name), layer.arrays);
    arrays.push(...group.arrays);
    attributes.push(...group.attributes);
  }
  return { arrays, attributes };
}

/** Arrays below `path`, listed in its `weight_names`; their own paths are those within it. */
export function writtenNamedArrays(
  path: string,
  weights: readonly WeightArray[],
): { arrays: WrittenArray[]; attributes: WrittenAttribute[] } {
  return {
    arrays: weights.map((array) => ({ ...array, path: join(path, array.path) })),
    attributes: writtenNames(
      path,
      "weight_names",
      weights.map((array) => array.path),
    ),
  };
}

function writtenNames(path: string, name: string, names: readonly string[]): WrittenAttribute[] {
  const longest = Math.max(1, ...names.map((each) => new TextEncoder().encode(each).length));
  const perPart = Math.floor(MAX_ATTRIBUTE_BYTES / longest);
  if (names.length <= perPart) return [{ path, name, value: names }];
  return Array.from({ length: Math.ceil(names.length / perPart) }, (_, part) => ({
    path,
    name: `${name}${part}`,
    value: names.slice(part * perPart, (part + 1) * perPart),
  }));
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

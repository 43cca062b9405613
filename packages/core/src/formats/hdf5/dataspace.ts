/** The shape of an array. Source: HDF5 File Format Specification 3.0, IV.A.2.b "The Dataspace Message". */
import type { Block } from "./file-bytes.ts";
import { Hdf5Error } from "./hdf5-error.ts";

/** As many axes as the HDF5 library allows. */
const MAX_RANK = 32;
const NULL_SPACE = 2;

/**
 * The sizes of the axes: `[]` for a single value, undefined where there is not even that.
 *
 * @throws Hdf5Error when the number of values is not an exact number.
 */
export function readDataspace(body: Block): readonly number[] | undefined {
  const version = body.version(1, 2);
  const rank = body.u8();
  body.skip(1);
  const type = body.u8();
  if (version === 1) body.skip(4);
  if (rank > MAX_RANK) throw new Hdf5Error(`an array has ${rank} axes; up to ${MAX_RANK} are possible`);
  const shape = Array.from({ length: rank }, () => body.u64());
  if (!Number.isSafeInteger(countOf(shape))) throw new Hdf5Error(`an array has the shape [${shape.join(", ")}]`);
  return version === 2 && type === NULL_SPACE ? undefined : shape;
}

/** The number of values that a shape asks for. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

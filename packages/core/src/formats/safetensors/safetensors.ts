/** Files of named tensors: reading and writing, whatever they are for. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { floatTypes } from "./data-types.ts";
import { encodeHeader, parseHeader } from "./header.ts";
import type { TensorEntry } from "./header.ts";
import { SafetensorsError } from "./safetensors-error.ts";

/** A tensor of a file, row-major. */
export interface SafeTensor {
  readonly shape: Shape;
  readonly data: Float32Array;
}

export interface SafetensorsFile {
  /** In the order of the file's head. */
  readonly tensors: ReadonlyMap<string, SafeTensor>;
  /** Notes of whoever wrote the file. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a safetensors file. Tensors of float16, bfloat16 and float64 become float32. No memory is taken for more than the
 * file holds.
 *
 * @throws SafetensorsError when the file is damaged, or holds numbers other than floats.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { entries, metadata, dataStart } = parseHeader(bytes);
  const data = bytes.subarray(dataStart);
  return { tensors: new Map(entries.map((entry) => [entry.name, readTensor(entry, data)])), metadata };
}

/**
 * The bytes of a safetensors file with float32 tensors, sorted by name as the reference implementation does.
 *
 * @throws SafetensorsError when a tensor's shape does not fit its values, or its name is `__metadata__`.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafeTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const sorted = [...tensors].toSorted(([a], [b]) => (a < b ? -1 : 1));
  let position = 0;
  const entries = sorted.map(([name, tensor]) => {
    checkTensor(name, tensor);
    const begin = position;
    position += tensor.data.byteLength;
    return { name, dtype: "F32", shape: tensor.shape, begin, end: position };
  });
  const header = encodeHeader(entries, metadata);
  const file = new Uint8Array(header.length + position);
  file.set(header);
  for (const [index, [, { data }]] of sorted.entries()) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    file.set(bytes, header.length + (entries[index] as TensorEntry).begin);
  }
  return file;
}

function readTensor({ name, dtype, shape, begin, end }: TensorEntry, data: Uint8Array): SafeTensor {
  const type = floatTypes.get(dtype);
  if (type === undefined) {
    throw new SafetensorsError(
      `the tensor "${name}" holds ${dtype} numbers; floats can be read: ${[...floatTypes.keys()].join(", ")}`,
    );
  }
  // A copy of its own, because the place in the file need not be aligned. The `slice` of Node's buffers makes none.
  return { shape, data: type.decode(new Uint8Array(data.subarray(begin, end)).buffer) };
}

function checkTensor(name: string, { shape, data }: SafeTensor): void {
  if (name === "__metadata__") throw new SafetensorsError(`a tensor cannot be called "${name}"; choose another name`);
  if (sizeOf(shape) === data.length) return;
  throw new SafetensorsError(
    `the tensor "${name}" has the shape [${shape.join(", ")}], ${sizeOf(shape)} values; ${data.length} came`,
  );
}

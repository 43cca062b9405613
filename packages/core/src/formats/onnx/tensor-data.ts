/** The numbers of a tensor, which a file holds as raw bytes or as a list, in one of a dozen types. */
import { sizeOf } from "../../graph/tensor-type.ts";
import { bfloat16Values, float16Values } from "../half-precision.ts";
import { dataTypes } from "./messages.ts";
import type { TensorMessage, WrittenTensor } from "./messages.ts";
import { OnnxFileError } from "./onnx-file-error.ts";
import { MAX_RANK } from "./onnx-graph.ts";
import type { OnnxTensor } from "./onnx-graph.ts";

interface DataType {
  /** In raw data. */
  readonly bytes: number;
  /** Where numbers lie that are not raw; of 16-bit floats these are the bits. */
  readonly list: "floatData" | "doubleData" | "int32Data" | "int64Data";
  fromRaw(buffer: ArrayBuffer): OnnxTensor["data"];
  fromList(values: readonly number[]): OnnxTensor["data"];
}

const floats = (values: readonly number[]): Float32Array => Float32Array.from(values);

const LARGEST_INT64 = 2n ** 63n - 1n;

/** Whole numbers as int64. "To the end" is often written as 2⁶³ − 1, which a number rounds up. */
export function wholeNumbers(values: Iterable<number>): BigInt64Array {
  return BigInt64Array.from(values, (value) => (value >= 2 ** 63 ? LARGEST_INT64 : BigInt(value)));
}

const integers = (bytes: number, open: (buffer: ArrayBuffer) => Iterable<number>): DataType => ({
  bytes,
  list: "int32Data",
  fromRaw: (buffer) => wholeNumbers(open(buffer)),
  fromList: wholeNumbers,
});

const DATA_TYPES: ReadonlyMap<number, DataType> = new Map([
  [dataTypes.float32, { bytes: 4, list: "floatData", fromRaw: (buffer) => new Float32Array(buffer), fromList: floats }],
  [
    dataTypes.float64,
    {
      bytes: 8,
      list: "doubleData",
      fromRaw: (buffer) => Float32Array.from(new Float64Array(buffer)),
      fromList: floats,
    },
  ],
  [
    dataTypes.float16,
    {
      bytes: 2,
      list: "int32Data",
      fromRaw: (buffer) => float16Values(new Uint16Array(buffer)),
      fromList: (bits) => float16Values(Uint16Array.from(bits)),
    },
  ],
  [
    dataTypes.bfloat16,
    {
      bytes: 2,
      list: "int32Data",
      fromRaw: (buffer) => bfloat16Values(new Uint16Array(buffer)),
      fromList: (bits) => bfloat16Values(Uint16Array.from(bits)),
    },
  ],
  [
    dataTypes.int64,
    { bytes: 8, list: "int64Data", fromRaw: (buffer) => new BigInt64Array(buffer), fromList: wholeNumbers },
  ],
  [dataTypes.int32, integers(4, (buffer) => new Int32Array(buffer))],
  [dataTypes.int16, integers(2, (buffer) => new Int16Array(buffer))],
  [dataTypes.uint16, integers(2, (buffer) => new Uint16Array(buffer))],
  [dataTypes.int8, integers(1, (buffer) => new Int8Array(buffer))],
  [dataTypes.uint8, integers(1, (buffer) => new Uint8Array(buffer))],
  [dataTypes.bool, integers(1, (buffer) => new Uint8Array(buffer))],
]);

const EXTERNAL = 1;

/** The name of an element type: `float16`. */
export function dataTypeName(code: number | undefined): string {
  return Object.entries(dataTypes).find(([, number]) => number === code)?.[0] ?? `number ${code ?? 0}`;
}

/**
 * The numbers of a tensor. No memory is taken for more than the file holds.
 *
 * @param what names the tensor in errors.
 * @throws OnnxFileError when its sizes and its content do not agree, or it lies in another file.
 */
export function readTensor(tensor: TensorMessage, what: string): OnnxTensor {
  const { dims, rawData } = tensor;
  if (tensor.externalData.length > 0 || tensor.dataLocation === EXTERNAL) {
    throw new OnnxFileError(`${what} lies in a file beside the model; save the model as one file and read that`);
  }
  const type = DATA_TYPES.get(tensor.dataType ?? 0);
  if (type === undefined) {
    throw new OnnxFileError(`${what} holds values of type ${dataTypeName(tensor.dataType)}, which cannot be read`);
  }
  if (dims.length > MAX_RANK) {
    throw new OnnxFileError(`${what} has ${dims.length} axes; up to ${MAX_RANK} are read, so the file is damaged`);
  }
  const count = sizeOf(dims);
  if (!dims.every((size) => Number.isSafeInteger(size) && size >= 0) || !Number.isSafeInteger(count)) {
    throw new OnnxFileError(`${what} has the sizes [${dims.join(", ")}], which none can have; the file is damaged`);
  }
  const list = tensor[type.list];
  const came = rawData === undefined ? list.length : rawData.length / type.bytes;
  if (came !== count) {
    throw new OnnxFileError(
      `${what} has the sizes [${dims.join(", ")}], ${count} values, and the file holds ${came}; it is damaged`,
    );
  }
  return { dims, data: rawData === undefined ? type.fromList(list) : type.fromRaw(copyOf(rawData)) };
}

/** A tensor as it is written: raw, float32 or int64. */
export function writeTensor({ dims, data }: OnnxTensor, name?: string): WrittenTensor {
  return {
    name,
    dims,
    dataType: data instanceof Float32Array ? dataTypes.float32 : dataTypes.int64,
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

/** Bytes in memory of their own, where they are aligned. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

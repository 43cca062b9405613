/**
 * The head of a safetensors file: eight bytes with its length, then JSON that names every tensor with its type, shape and
 * place in the bytes that follow. Source: https://github.com/huggingface/safetensors, "Format".
 */
import { sizeOf } from "../../graph/tensor-type.ts";
import { parseUntrustedJson, UntrustedJsonError } from "../untrusted-json.ts";
import { floatTypes } from "./data-types.ts";
import { SafetensorsError } from "./safetensors-error.ts";

const LENGTH_BYTES = 8;
const METADATA = "__metadata__";

/** Where a tensor lies. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** First byte and end, counted from the end of the head. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the bytes of the tensors begin. */
  readonly dataStart: number;
}

/**
 * The head of a file, checked against the bytes that are there: every tensor lies inside, and has as many bytes as its
 * shape takes.
 *
 * @throws SafetensorsError when the file is damaged or of another kind.
 */
export function parseHeader(file: Uint8Array): Header {
  const length = headerLength(file);
  const dataStart = LENGTH_BYTES + length;
  const json = parseJson(file.subarray(LENGTH_BYTES, dataStart));
  const entries = Object.entries(json).flatMap(([name, value]) => (name === METADATA ? [] : [parseEntry(name, value)]));
  checkPlaces(entries, file.length - dataStart);
  return { entries, metadata: parseMetadata(json[METADATA]), dataStart };
}

/** The head of a file, padded with spaces so that the tensors begin at a multiple of 8 bytes. */
export function encodeHeader(entries: readonly TensorEntry[], metadata: Readonly<Record<string, string>>): Uint8Array {
  const json = JSON.stringify(
    Object.fromEntries([
      ...(Object.keys(metadata).length === 0 ? [] : [[METADATA, metadata] as const]),
      ...entries.map(
        ({ name, dtype, shape, begin, end }) => [name, { dtype, shape, data_offsets: [begin, end] }] as const,
      ),
    ]),
  );
  const text = new TextEncoder().encode(json);
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + padded).fill(" ".charCodeAt(0));
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, LENGTH_BYTES);
  return bytes;
}

function headerLength(file: Uint8Array): number {
  if (file.length < LENGTH_BYTES) {
    throw new SafetensorsError(
      `the file has ${file.length} bytes; a safetensors file begins with ${LENGTH_BYTES} of length`,
    );
  }
  const length = Number(new DataView(file.buffer, file.byteOffset, LENGTH_BYTES).getBigUint64(0, true));
  if (length <= file.length - LENGTH_BYTES) return length;
  throw new SafetensorsError(
    `the file announces a head of ${length} bytes and has ${file.length - LENGTH_BYTES} after that; ` +
      "it is no safetensors file, or it was cut short",
  );
}

function parseJson(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const json = parseText(decodeText(bytes));
  if (isObject(json)) return json;
  throw new SafetensorsError("the head of the file is no JSON object; it is no safetensors file");
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new SafetensorsError("the head of the file is not UTF-8; it is no safetensors file, or it is damaged", {
      cause: error,
    });
  }
}

function parseText(text: string): unknown {
  try {
    return parseUntrustedJson(text);
  } catch (error) {
    if (!(error instanceof UntrustedJsonError)) throw error;
    throw new SafetensorsError(`the head of the file ${error.message}; it is no safetensors file, or it is damaged`, {
      cause: error,
    });
  }
}

function parseEntry(name: string, value: unknown): TensorEntry {
  if (isObject(value)) {
    const { dtype, shape, data_offsets: offsets } = value;
    const [begin, end, ...more] = isSizes(offsets) ? offsets : [];
    if (typeof dtype === "string" && isSizes(shape) && begin !== undefined && end !== undefined && more.length === 0) {
      return { name, dtype, shape, begin, end };
    }
  }
  throw new SafetensorsError(
    `the tensor "${name}" lacks its type, its shape or its place in the head of the file, which is damaged`,
  );
}

function parseMetadata(value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (isObject(value) && Object.values(value).every((text) => typeof text === "string")) {
    return value as Readonly<Record<string, string>>;
  }
  throw new SafetensorsError(`"${METADATA}" in the head of the file must hold texts only; the file is damaged`);
}

/** Tensors lie one after the other, without gaps or anything behind them: so no byte is read twice or smuggled along. */
function checkPlaces(entries: readonly TensorEntry[], available: number): void {
  let position = 0;
  for (const { name, dtype, shape, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    const what = `the tensor "${name}", ${dtype} [${shape.join(", ")}], from byte ${begin} to ${end}`;
    if (begin !== position || end < begin) {
      throw new SafetensorsError(
        `${what}, does not follow the one before it, which ends at ${position}; the file is damaged`,
      );
    }
    if (end > available) {
      throw new SafetensorsError(`${what}, goes beyond the ${available} bytes that are there; the file was cut short`);
    }
    const { bytes } = floatTypes.get(dtype) ?? {};
    if (bytes !== undefined && sizeOf(shape) * bytes !== end - begin) {
      throw new SafetensorsError(`${what}, has ${end - begin} bytes and its shape takes ${sizeOf(shape) * bytes}`);
    }
    position = end;
  }
  if (position !== available) {
    throw new SafetensorsError(
      `the tensors end at byte ${position}, and ${available} bytes are there; the file is damaged`,
    );
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/**
 * The kinds of values in the wire format of Protocol Buffers: they tell how long a value is, also of a field that is not
 * known. Source: protobuf.dev, "Encoding".
 */
export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH_DELIMITED = 2;
export const FIXED32 = 5;

export type WireType = typeof VARINT | typeof FIXED64 | typeof LENGTH_DELIMITED | typeof FIXED32;

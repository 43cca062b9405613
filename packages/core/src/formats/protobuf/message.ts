/**
 * Messages of Protocol Buffers as tables: each field has a number and a type, from which both the reading and writing of
 * the message and its TypeScript type follow. Fields that a table does not name are passed over.
 */
import { ProtobufError } from "./protobuf-error.ts";
import { ProtobufReader } from "./reader.ts";
import { FIXED32, FIXED64, LENGTH_DELIMITED, VARINT } from "./wire-types.ts";
import type { WireType } from "./wire-types.ts";
import { ProtobufWriter } from "./writer.ts";

/** How values of one type are read and written. What may be left out in writing makes `Written` wider than `Read`. */
interface ValueType<Read, Written = Read> {
  readonly wireType: WireType;
  read(reader: ProtobufReader): Read;
  write(writer: ProtobufWriter, value: Written): void;
}

/** A field of a message, as a property of the message that is read and of the one that is written. */
interface Field<Read, Written = Read> {
  readonly number: number;
  /** The value where the file has none. */
  readonly absent: Read;
  /** The property's value after one more occurrence of the field. */
  read(reader: ProtobufReader, wireType: WireType, before: Read): Read;
  write(writer: ProtobufWriter, value: Written): void;
}

/** The fields of a message by name. */
export type MessageTable = Readonly<Record<string, Field<unknown>>>;

/** The values of a message that was read, by the names of its table. */
export type Message<Table extends MessageTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Field<infer Read, unknown> ? Read : never;
};

/** The values of a message to write. */
export type PartialMessage<Table extends MessageTable> = {
  readonly [Name in keyof Table]?: Table[Name] extends Field<unknown, infer Written> ? Written : never;
};

/** Whole numbers: int32, int64, enumerations. */
export const int64: ValueType<number> = {
  wireType: VARINT,
  read: (reader) => reader.int64(),
  write: (writer, value) => writer.int64(value),
};

export const float: ValueType<number> = {
  wireType: FIXED32,
  read: (reader) => reader.float(),
  write: (writer, value) => writer.float(value),
};

export const double: ValueType<number> = {
  wireType: FIXED64,
  read: (reader) => reader.double(),
  write: (writer, value) => writer.double(value),
};

export const bytes: ValueType<Uint8Array> = {
  wireType: LENGTH_DELIMITED,
  read: (reader) => reader.bytes(),
  write: (writer, value) => writer.bytes(value),
};

export const text: ValueType<string> = {
  wireType: LENGTH_DELIMITED,
  read: (reader) => reader.text(),
  write: (writer, value) => writer.text(value),
};

/** A message within a message. */
export function message<Table extends MessageTable>(table: Table): ValueType<Message<Table>, PartialMessage<Table>> {
  return {
    wireType: LENGTH_DELIMITED,
    read: (reader) => readFields(table, reader.nested()),
    write: (writer, value) => writer.nested((inner) => writeFields(table, inner, value)),
  };
}

/** A field that occurs once or is missing; of several, the last counts. */
export function optional<Read, Written>(
  number: number,
  type: ValueType<Read, Written>,
): Field<Read | undefined, Written | undefined> {
  return {
    number,
    absent: undefined,
    read(reader, wireType) {
      checkWireType(number, type.wireType, wireType);
      return type.read(reader);
    },
    write(writer, value) {
      if (value === undefined) return;
      writer.tag(number, type.wireType);
      type.write(writer, value);
    },
  };
}

/** A field that occurs any number of times. */
export function repeated<Read, Written>(
  number: number,
  type: ValueType<Read, Written>,
): Field<readonly Read[], readonly Written[]> {
  return {
    number,
    absent: [],
    read(reader, wireType, before) {
      checkWireType(number, type.wireType, wireType);
      return appended(before, type.read(reader));
    },
    write(writer, values) {
      for (const value of values) {
        writer.tag(number, type.wireType);
        type.write(writer, value);
      }
    },
  };
}

/** Any number of numbers, which are written packed: one after the other in a single field. Read are both ways. */
export function packed(number: number, type: ValueType<number>): Field<readonly number[]> {
  const single = repeated(number, type);
  return {
    ...single,
    read(reader, wireType, before) {
      if (wireType !== LENGTH_DELIMITED) return single.read(reader, wireType, before);
      const content = reader.nested();
      let values = before;
      while (!content.done) values = appended(values, type.read(content));
      return values;
    },
    write(writer, values) {
      if (values.length === 0) return;
      writer.tag(number, LENGTH_DELIMITED);
      writer.nested((inner) => {
        for (const value of values) type.write(inner, value);
      });
    },
  };
}

/**
 * The message that a file holds.
 *
 * @throws ProtobufError when the bytes are not such a message.
 */
export function decodeMessage<Table extends MessageTable>(table: Table, file: Uint8Array): Message<Table> {
  return readFields(table, new ProtobufReader(file));
}

/** The bytes of a message. */
export function encodeMessage<Table extends MessageTable>(table: Table, value: PartialMessage<Table>): Uint8Array {
  const writer = new ProtobufWriter();
  writeFields(table, writer, value);
  return writer.finish();
}

function readFields<Table extends MessageTable>(table: Table, reader: ProtobufReader): Message<Table> {
  const fields = Object.entries(table);
  const values: Record<string, unknown> = Object.fromEntries(fields.map(([name, { absent }]) => [name, absent]));
  while (!reader.done) {
    const { field: number, wireType } = reader.tag();
    const [name, field] = fields.find(([, candidate]) => candidate.number === number) ?? [];
    if (name === undefined || field === undefined) reader.skip(wireType);
    else values[name] = field.read(reader, wireType, values[name]);
  }
  return values as Message<Table>;
}

function writeFields<Table extends MessageTable>(
  table: Table,
  writer: ProtobufWriter,
  values: PartialMessage<Table>,
): void {
  for (const [name, field] of Object.entries(table)) {
    const value: unknown = values[name];
    if (value !== undefined) field.write(writer, value);
  }
}

/** A list with one more element. The first one copies; later ones extend that copy, which nobody else has seen yet. */
function appended<T>(before: readonly T[], value: T): readonly T[] {
  if (before.length === 0) return [value];
  (before as T[]).push(value);
  return before;
}

function checkWireType(number: number, expected: WireType, came: WireType): void {
  if (came === expected) return;
  throw new ProtobufError(`field ${number} has values of kind ${came} where ${expected} was expected`);
}

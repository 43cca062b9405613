import { describe, expect, it } from "vitest";
import { ByteWriter, encodeModule } from "./encoder.ts";
import { OP } from "./opcodes.ts";

function written(write: (writer: ByteWriter) => void): number[] {
  const writer = new ByteWriter();
  write(writer);
  expect(writer.length).toBe(writer.finish().length);
  return [...writer.finish()];
}

describe("ByteWriter", () => {
  it.each([
    [0, [0x00]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [16383, [0xff, 0x7f]],
    [16384, [0x80, 0x80, 0x01]],
    [624485, [0xe5, 0x8e, 0x26]],
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 0x08]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("writes %d in unsigned LEB128", (value, bytes) => {
    expect(written((writer) => writer.unsigned(value))).toEqual(bytes);
  });

  it.each([
    [0, [0x00]],
    [-1, [0x7f]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [128, [0x80, 0x01]],
    [-128, [0x80, 0x7f]],
    [8191, [0xff, 0x3f]],
    [8192, [0x80, 0xc0, 0x00]],
    [-123456, [0xc0, 0xbb, 0x78]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])("writes %d in signed LEB128", (value, bytes) => {
    expect(written((writer) => writer.signed(value))).toEqual(bytes);
  });

  it.each([-1, 0.5, NaN])("refuses %d as an unsigned number", (value) => {
    expect(() => new ByteWriter().unsigned(value)).toThrow(`${value} is not an unsigned integer`);
  });

  it("writes words lowest byte first", () => {
    expect(written((writer) => writer.word(0x3f800001))).toEqual([0x01, 0x00, 0x80, 0x3f]);
    expect(written((writer) => writer.word(-2))).toEqual([0xfe, 0xff, 0xff, 0xff]);
  });

  it("writes the length of names and byte lists before them, in bytes", () => {
    expect(written((writer) => writer.sized("aé"))).toEqual([3, 0x61, 0xc3, 0xa9]);
    expect(written((writer) => writer.sized(Uint8Array.of(7, 8)))).toEqual([2, 7, 8]);
  });

  it("grows as needed", () => {
    const long = Uint8Array.from({ length: 5000 }, (_, i) => i);
    const bytes = written((writer) => {
      for (const byte of long.subarray(0, 999)) writer.byte(byte);
      writer.bytes(long.subarray(999));
    });
    expect(bytes).toEqual([...long]);
  });
});

describe("encodeModule", () => {
  /** Stores the sum of the parameters at the address that they add up to. */
  function storeSum(numParameters: number): Uint8Array {
    const code = new ByteWriter();
    const sum = (): void => {
      code.byte(OP.i32Const);
      code.signed(0);
      for (let i = 0; i < numParameters; i++) {
        code.byte(OP.localGet);
        code.unsigned(i);
        code.byte(OP.i32Add);
      }
    };
    sum();
    sum();
    const i32Store = 0x36;
    code.bytes([i32Store, 0, 0]);
    return code.finish();
  }

  const functions = [2, 1, 2, 3].map((numParameters) => ({
    numParameters,
    numI32: 1,
    numV128: numParameters === 1 ? 0 : 2,
    code: storeSum(numParameters),
    ...(numParameters !== 2 && { exportName: `sum${numParameters}` }),
  }));

  it.each([false, true])("makes a module that hosts accept and run (shared memory: %s)", (shared) => {
    const bytes = encodeModule(functions, { shared, minimumPages: 1, maximumPages: 200 });
    expect(WebAssembly.validate(bytes)).toBe(true);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 200, shared });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    expect(Object.keys(exports)).toEqual(["sum1", "sum3"]);
    (exports["sum1"] as (a: number) => void)(4);
    (exports["sum3"] as (a: number, b: number, c: number) => void)(100, 200, 50);
    const bytesOfMemory = new DataView(memory.buffer);
    expect(bytesOfMemory.getInt32(4, true)).toBe(4);
    expect(bytesOfMemory.getInt32(350, true)).toBe(350);
  });

  it("asks for the memory that it was told", () => {
    const bytes = encodeModule(functions, { shared: false, minimumPages: 3, maximumPages: 4 });
    const link = (initial: number, maximum: number): WebAssembly.Instance => {
      const memory = new WebAssembly.Memory({ initial, maximum });
      return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    };
    expect(() => link(3, 4)).not.toThrow();
    expect(() => link(2, 4)).toThrow(WebAssembly.LinkError);
    expect(() => link(3, 5)).toThrow(WebAssembly.LinkError);
  });

  it("makes a module without functions", () => {
    expect(WebAssembly.validate(encodeModule([], { shared: false, minimumPages: 0, maximumPages: 1 }))).toBe(true);
  });
});

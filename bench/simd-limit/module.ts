/**
 * The WebAssembly module that measures what 128-bit multiply-adds reach: its bytes, encoded by hand.
 *
 * The function runs `iterations` turns of a loop that holds nothing but independent chains acc = x·y + acc, every
 * accumulator, x and y in a register. A chain must wait for its own last result (4 cycles on current x86), so it
 * takes eight or more chains to keep two multiply-add units busy; twelve leave registers for x, y and a scratch value among
 * the sixteen of x86-64.
 */

/** Independent chains. */
export const NUM_CHAINS = 12;
/** Multiply-adds per chain and turn of the loop. */
export const UNROLL = 8;
/** Floating-point operations per iteration: a multiply and an add on four lanes. */
export const FLOPS_PER_ITERATION = NUM_CHAINS * UNROLL * 4 * 2;
/** The two factors of every chain: acc ← acc + X·Y. */
export const X = 0.5;
export const Y = 0.001;

/** How a chain's step is written: one relaxed multiply-add, or a multiply and an add. */
export type MultiplyAdd = "relaxed" | "separate";

const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;
const SIMD = 0xfd;
const BLOCK_VOID = 0x40;
const FUNCTION_TYPE = 0x60;
const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const LOOP = 0x03;
const BR_IF = 0x0d;
const END = 0x0b;
const I32_CONST = 0x41;
const I32_ADD = 0x6a;
const F32_CONST = 0x43;
const F32X4_SPLAT = [SIMD, 0x13];
const F32X4_EXTRACT_LANE = [SIMD, 0x1f];
const F32X4_ADD = [SIMD, 0xe4, 0x01];
const F32X4_MUL = [SIMD, 0xe6, 0x01];
const F32X4_RELAXED_MADD = [SIMD, 0x85, 0x02];
/** −1 as a signed LEB128 number. */
const MINUS_ONE = 0x7f;

const COUNTER = 0;
const FIRST_FACTOR = 1;
const SECOND_FACTOR = 2;
const FIRST_CHAIN = 3;
const FACTORS = [LOCAL_GET, FIRST_FACTOR, LOCAL_GET, SECOND_FACTOR];

/** A module that exports `run(iterations: i32): f32`, which returns the sum of lane 0 over the chains. */
export function multiplyAddModule(multiplyAdd: MultiplyAdd): Uint8Array<ArrayBuffer> {
  const chains = Array.from({ length: NUM_CHAINS }, (_, chain) => FIRST_CHAIN + chain);
  const step = STEPS[multiplyAdd];
  const body = [
    [F32_CONST, ...float32Bytes(X), ...F32X4_SPLAT, LOCAL_SET, FIRST_FACTOR],
    [F32_CONST, ...float32Bytes(Y), ...F32X4_SPLAT, LOCAL_SET, SECOND_FACTOR],
    [LOOP, BLOCK_VOID],
    Array.from({ length: UNROLL }, () => chains.flatMap(step)).flat(),
    [LOCAL_GET, COUNTER, I32_CONST, MINUS_ONE, I32_ADD, LOCAL_TEE, COUNTER, BR_IF, 0, END],
    chains.flatMap((chain, index) => [LOCAL_GET, chain, ...(index === 0 ? [] : F32X4_ADD)]),
    [...F32X4_EXTRACT_LANE, 0, END],
  ].flat();
  const locals = [1, ...unsigned(2 + NUM_CHAINS), V128];
  return Uint8Array.from([
    ...MAGIC_AND_VERSION,
    ...section(1, [[FUNCTION_TYPE, 1, I32, 1, F32]]),
    ...section(3, [[0]]),
    ...section(7, [[3, ...new TextEncoder().encode("run"), 0x00, 0]]),
    ...section(10, [[...unsigned(locals.length + body.length), ...locals, ...body]]),
  ]);
}

/** "relaxed" where the host has it, as the fused instruction is what the limit is about. */
export function bestMultiplyAdd(): MultiplyAdd {
  return WebAssembly.validate(multiplyAddModule("relaxed")) ? "relaxed" : "separate";
}

const STEPS: Readonly<Record<MultiplyAdd, (chain: number) => number[]>> = {
  relaxed: (chain) => [...FACTORS, LOCAL_GET, chain, ...F32X4_RELAXED_MADD, LOCAL_SET, chain],
  separate: (chain) => [...FACTORS, ...F32X4_MUL, LOCAL_GET, chain, ...F32X4_ADD, LOCAL_SET, chain],
};

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

function float32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return bytes;
}

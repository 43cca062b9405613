import { describe, expect, it } from "vitest";
import { KernelBuilder } from "../builder.ts";
import { flatten, Index } from "../index-expr.ts";
import { philoxReference } from "../philox-reference.ts";
import { interpretIndices } from "../testing/interpret-indices.ts";
import { loadKernel } from "../testing/run-kernel.ts";
import { float, indexVec, load } from "../vec.ts";
import { planPointers } from "./pointers.ts";

const NUM_WORDS = 65536 / 4;

/** Runs a kernel that stores indices, and expects in its memory what the interpreter says; returns that. */
function expectAsInterpreted(k: KernelBuilder, ...parameters: number[]): Map<number, number> {
  const kernel = k.finish();
  const { ints, run } = loadKernel(kernel);
  run(...parameters);
  const written = interpretIndices(kernel, parameters);
  const expected = new Int32Array(NUM_WORDS);
  for (const [address, value] of written) expected[address / 4] = value;
  const different = ints.findIndex((value, i) => value !== expected[i]);
  expect({ word: different, value: ints[different] }).toEqual({ word: -1, value: undefined });
  return written;
}

const storeIndex = (k: KernelBuilder, address: Index, index: Index): void => k.storeLane(address, indexVec(index));

describe("addresses", () => {
  it("run forwards over nested loops", () => {
    const k = new KernelBuilder("forwards");
    k.for(0, 3, (a) => k.for(0, 4, (b) => k.for(0, 5, (c) => storeIndex(k, word(flatten([a, b, c], [3, 4, 5])), c))));
    const written = expectAsInterpreted(k);
    expect([...written.keys()]).toEqual(Array.from({ length: 60 }, (_, i) => 4 * i));
  });

  it("run backwards, also from a constant that the instruction's offset cannot hold", () => {
    const k = new KernelBuilder("backwards");
    k.for(0, 6, (a) => k.for(0, 5, (b) => storeIndex(k, word(a.times(-5).minus(b).plus(29)), a.times(5).plus(b))));
    k.for(10, 16, (a) => storeIndex(k, word(a.times(2).plus(80)), a));
    k.for(10, 16, (a) => storeIndex(k, word(a.minus(10).plus(130)), a));
    k.for(10, 16, (a) => storeIndex(k, word(a.minus(10)).plus(640), a));
    const written = expectAsInterpreted(k);
    expect(written.get(0)).toBe(29);
    expect(written.get(4 * 29)).toBe(0);
  });

  it("start from zero below a negative constant", () => {
    const k = new KernelBuilder("shifted");
    k.for(3, 9, (a) => k.for(2, 4, (b) => storeIndex(k, word(a.times(2).plus(b).minus(8)), b)));
    expect([...expectAsInterpreted(k).keys()]).toEqual(Array.from({ length: 12 }, (_, i) => 4 * i));
  });

  it("follow bounds and steps given at run time, and loops within loops that do not run", () => {
    const k = new KernelBuilder("dynamic");
    const [from, to] = [k.parameter("from"), k.parameter("to")];
    k.for(
      from,
      to,
      (a) => k.for(a, to.minus(2), (b) => storeIndex(k, word(a.times(50).minus(b.times(3)).plus(200)), b), { step: 3 }),
      { step: 2 },
    );
    expect(expectAsInterpreted(k, 5, 20).size).toBe(19);
    expect(expectAsInterpreted(k, 20, 5).size).toBe(0);
  });

  it("start anew with every binding", () => {
    const k = new KernelBuilder("bindings");
    const n = k.parameter("n");
    k.for(0, 12, (a) => {
      const row = k.floorDivide(a, 5);
      const column = k.remainder(a, 5);
      k.for(k.max(column, n), k.min(n.plus(3), 7), (b) => {
        storeIndex(k, word(flatten([row, column, b], [3, 5, 8])), a.plus(b));
      });
    });
    expect(expectAsInterpreted(k, 2).size).toBeGreaterThan(20);
  });

  it("are as the interpreter says in kernels made at random", () => {
    let stores = 0;
    for (let seed = 0; seed < 100; seed++) {
      const k = new KernelBuilder("random");
      const parameters = addRandomStatements(k, seed);
      try {
        stores += expectAsInterpreted(k, ...parameters).size;
      } catch (cause) {
        throw new Error(`seed ${seed}`, { cause });
      }
    }
    expect(stores).toBeGreaterThan(2500);
  });
});

describe("planPointers", () => {
  it("shares partial sums, and leaves constants to the instructions", () => {
    const k = new KernelBuilder("shared");
    const addresses: Index[] = [];
    k.for(0, 4, (a) =>
      k.for(0, 4, (b) => {
        for (const constant of [0, 16, 1024]) addresses.push(a.times(64).plus(b.times(16)).plus(constant));
        for (const address of addresses) k.store(address, load(address.plus(4096)));
      }),
    );
    const plan = planPointers(k.finish());
    const places = addresses.map(plan.locate);
    expect(places.map(({ offset }) => offset)).toEqual([0, 16, 1024]);
    expect(new Set(places.map(({ pointer }) => pointer)).size).toBe(1);
    expect([...plan.byVariable.values()].map((pointers) => pointers.length)).toEqual([1, 1]);
  });

  it("refuses an index outside the loop that it belongs to", () => {
    const k = new KernelBuilder("escaped");
    let escaped = Index.constant(0);
    k.for(0, 4, (a) => {
      escaped = a;
      k.store(a.times(16), float(1));
    });
    k.store(escaped.times(16), float(2));
    expect(() => loadKernel(k.finish())).toThrow("kernel escaped: i0 is used outside its loop");
  });

  it("refuses a bound value outside the loop that it was bound in", () => {
    const k = new KernelBuilder("escaped");
    let escaped = Index.constant(0);
    k.for(0, 4, (a) => {
      escaped = k.remainder(a, 2);
      k.store(a.times(16), float(1));
    });
    k.store(Index.constant(0), indexVec(escaped));
    expect(() => loadKernel(k.finish())).toThrow("kernel escaped: remainder1 is used outside its loop");
  });

  it("refuses an address below zero", () => {
    const k = new KernelBuilder("below");
    k.store(Index.constant(-16), float(1));
    expect(() => loadKernel(k.finish())).toThrow("kernel below: the address -16 is below zero");
  });
});

/** The byte address of a 32-bit word. */
function word(index: Index): Index {
  return index.times(4);
}

/** An index with the values that it can take. */
interface Ranged {
  readonly index: Index;
  readonly low: number;
  readonly high: number;
}

/** Loops, bindings and stores at random, within the page; returns the values of the kernel's parameters. */
function addRandomStatements(k: KernelBuilder, seed: number): number[] {
  let drawn = 0;
  const random = (count: number): number => philoxReference([drawn++, 0, 0, 0], [seed, 0])[0] % count;
  const pick = <T>(items: readonly [T, ...T[]]): T => items[random(items.length)] ?? items[0];
  const parameters = [random(6), random(6)];
  const [first, ...rest] = parameters.map((value, i) => ({ index: k.parameter(`p${i}`), low: value, high: value }));

  /** Up to three of the indices with coefficients of few kinds, so that partial sums meet; never below zero. */
  function combination(scope: readonly [Ranged, ...Ranged[]]): Ranged {
    let [index, low, high] = [Index.constant(0), 0, 0];
    for (let i = random(4); i > 0; i--) {
      const chosen = pick(scope);
      const c = pick([1, 2, 16, -1, -16]);
      index = index.plus(chosen.index.times(c));
      low += Math.min(c * chosen.low, c * chosen.high);
      high += Math.max(c * chosen.low, c * chosen.high);
    }
    const constant = pick([0, 0, 7]) - low;
    return { index: index.plus(constant), low: low + constant, high: high + constant };
  }

  function bind(scope: readonly [Ranged, ...Ranged[]]): Ranged {
    const [a, b] = [combination(scope), combination(scope)];
    const divisor = 1 + random(5);
    return pick<() => Ranged>([
      () => ({ index: k.min(a.index, b.index), low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) }),
      () => ({ index: k.max(a.index, b.index), low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) }),
      () => ({ index: k.floorDivide(a.index, divisor), low: 0, high: a.high }),
      () => ({ index: k.remainder(a.index, divisor), low: 0, high: divisor - 1 }),
    ])();
  }

  function add(scope: readonly [Ranged, ...Ranged[]], depth: number): void {
    for (let i = 1 + random(3); i > 0; i--) {
      const address = combination(scope);
      if (address.high < NUM_WORDS) storeIndex(k, word(address.index), combination(scope).index);
      if (depth === 0) continue;
      const bound = bind(scope);
      const inner: [Ranged, ...Ranged[]] = bound.high < 100 ? [bound, ...scope] : [...scope];
      const from = pick([{ index: Index.constant(random(5)), low: 0, high: 4 }, pick(inner)]);
      const length = 1 + random(5);
      const options = { step: 1 + random(3), unroll: 1 + random(3) };
      const body = (index: Index): void =>
        add([{ index, low: from.low, high: from.high + length }, ...inner], depth - 1);
      k.for(from.index, from.index.plus(length), body, options);
    }
  }

  if (first !== undefined) add([first, ...rest], 3);
  return parameters;
}

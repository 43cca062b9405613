import { describe, expect, it } from "vitest";
import { KernelBuilder, sumLanes, transpose, value } from "./builder.ts";
import { Index } from "./index-expr.ts";
import { mapLanes } from "./testing/map-lanes.ts";
import { loadKernel } from "./testing/run-kernel.ts";
import { add, float, indexVec, int, intAdd, load, mul } from "./vec.ts";

/** How often a loop visits each index up to 63, for each list of parameters. */
function visits(build: (k: KernelBuilder, visit: (index: Index) => void) => void, ...parameters: number[]): number[] {
  const k = new KernelBuilder("visits");
  build(k, (index) => k.store(index.times(16), intAdd(load(index.times(16)), int(1))));
  const { ints, run } = loadKernel(k.finish());
  run(...parameters);
  return Array.from({ length: 64 }, (_, i) => ints[4 * i] ?? 0);
}

const once = (...indices: number[]): number[] =>
  Array.from({ length: 64 }, (_, i) => indices.filter((index) => index === i).length);

const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step);

describe("for", () => {
  const bounds = [
    [0, 0],
    [3, 2],
    [5, 6],
    [0, 7],
    [2, 26],
  ] as const;
  const options = [1, 2, 3].flatMap((step) => [1, 2, 4, 5].map((unroll) => ({ step, unroll })));

  it.each(bounds)("visits each index from %d below %d once, whatever the step and the unrolling", (from, to) => {
    for (const { step, unroll } of options) {
      const visited = visits((k, visit) => k.for(from, to, visit, { step, unroll }));
      expect(visited, `step ${step}, unroll ${unroll}`).toEqual(once(...range(from, to, step)));
    }
  });

  it.each(bounds)("does so with bounds given at run time: from %d below %d", (from, to) => {
    for (const step of [1, 2, 3]) {
      const build = (k: KernelBuilder, visit: (index: Index) => void): void =>
        k.for(k.parameter("from"), k.parameter("to"), visit, { step });
      expect(visits(build, from, to), `step ${step}`).toEqual(once(...range(from, to, step)));
    }
  });

  it("runs nothing where a lower bound given at run time is above a constant upper one", () => {
    const build = (k: KernelBuilder, visit: (index: Index) => void): void => k.for(k.parameter("from"), 8, visit);
    expect(visits(build, 9)).toEqual(once());
    expect(visits(build, 6)).toEqual(once(6, 7));
  });

  it("takes bounds from outer loops", () => {
    const build = (k: KernelBuilder, visit: (index: Index) => void): void =>
      k.for(0, 5, (row) => k.for(row, row.times(2), (column) => visit(row.times(10).plus(column))));
    const expected = range(0, 5).flatMap((row) => range(row, 2 * row).map((column) => 10 * row + column));
    expect(visits(build)).toEqual(once(...expected));
  });

  it("visits in order", () => {
    // Horner's rule: the digits come out in the order of the visits.
    const k = new KernelBuilder("digits");
    const digits = k.accumulator(float(0));
    k.for(1, 6, (i) => k.assign(digits, add(mul(value(digits), float(10)), load(i.times(16)))), { unroll: 2 });
    k.store(Index.constant(0), value(digits));
    const { floats, run } = loadKernel(k.finish());
    for (let i = 1; i < 6; i++) floats[4 * i] = i;
    run();
    expect(floats[0]).toBe(12345);
  });

  it("leaves out a loop without statements", () => {
    const k = new KernelBuilder("empty");
    k.for(0, 100, () => {});
    expect(k.finish().body).toEqual([]);
  });
});

describe("bind", () => {
  function bound(left: number, right: number): number[] {
    const k = new KernelBuilder("bind");
    const [a, b] = [k.parameter("a"), k.parameter("b")];
    const values = [k.min(a, b), k.max(a, b.plus(1)), k.floorDivide(a, 7), k.remainder(a.plus(3), 7), k.min(a, 5)];
    for (const [i, index] of values.entries()) k.store(Index.constant(16 * i), indexVec(index));
    const { ints, run } = loadKernel(k.finish());
    run(left, right);
    return values.map((_, i) => ints[4 * i] ?? NaN);
  }

  it("computes at run time", () => {
    expect(bound(20, 3)).toEqual([3, 20, 2, 2, 5]);
    expect(bound(3, 20)).toEqual([3, 21, 0, 6, 3]);
    expect(bound(-4, 3)[0]).toBe(-4);
  });

  it("folds constants", () => {
    const k = new KernelBuilder("constants");
    expect([k.min(3, 5), k.max(3, 5), k.floorDivide(23, 7), k.remainder(23, 7)].map((i) => i.known)).toEqual([
      3, 5, 3, 2,
    ]);
    expect(k.floorDivide(k.parameter("n"), 1).toString()).toBe("n0");
    expect(k.finish().body).toEqual([]);
  });
});

describe("let", () => {
  it("computes once, before what is assigned later", () => {
    const k = new KernelBuilder("let");
    const sum = k.accumulator(float(1));
    const before = k.let(value(sum));
    const doubled = k.let(add(value(sum), value(sum)));
    k.assign(sum, float(10));
    k.store(Index.constant(0), add(doubled, value(sum)));
    k.store(Index.constant(16), before);
    const { floats, run } = loadKernel(k.finish());
    run();
    expect(floats[0]).toBe(12);
    expect(floats[4]).toBe(1);
  });
});

describe("sideBySide", () => {
  it("computes all before it stores, and stores the first of each before the second", () => {
    const k = new KernelBuilder("sideBySide");
    k.sideBySide(
      [0, 16].map((offset) => () => {
        const doubled = k.let(add(load(Index.constant(offset)), load(Index.constant(offset))));
        k.store(Index.constant(64 + offset), doubled);
        k.store(Index.constant(128 + offset), add(doubled, float(1)));
      }),
    );
    const kernel = k.finish();
    expect(kernel.body.map((each) => (each.kind === "store" ? each.address.toString() : each.kind))).toEqual([
      "let",
      "let",
      "64",
      "80",
      "128",
      "144",
    ]);
    const { floats, run } = loadKernel(kernel);
    floats.set([3, 0, 0, 0, 5]);
    run();
    expect([16, 20, 32, 36].map((at) => floats[at])).toEqual([6, 10, 7, 11]);
  });
});

describe("sumLanes", () => {
  it("gives the sum of each row's lanes, in an order that is always the same", () => {
    const map = mapLanes(4, 4, (k, a, b, c, d) => [sumLanes(k, [a, b, c, d])]);
    const rows = [
      [1, 2, 3, 4],
      // (lane 0 + lane 2) + (lane 1 + lane 3): any other order loses the ones.
      [1e8, 1, -1e8, 1],
      [0.5, 0, 0, 0],
      [-1, -2, -3, -5],
    ];
    for (const [i, row] of rows.entries()) map.operands[i]?.set(row);
    map.run();
    expect([...(map.results[0] ?? [])]).toEqual([10, 2, 0.5, -11]);
  });
});

describe("transpose", () => {
  it("exchanges rows and lanes", () => {
    const map = mapLanes(4, 4, (k, a, b, c, d) => transpose(k, [a, b, c, d]));
    for (const [i, operand] of map.operands.entries()) operand.set([0, 1, 2, 3].map((lane) => 10 * i + lane));
    map.run();
    expect(map.results.map((row) => [...row])).toEqual(
      [0, 1, 2, 3].map((lane) => [0, 1, 2, 3].map((row) => 10 * row + lane)),
    );
  });
});

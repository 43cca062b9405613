import { describe, expect, it } from "vitest";
import { KernelBuilder, value } from "../builder.ts";
import { Index } from "../index-expr.ts";
import { loadKernel } from "../testing/run-kernel.ts";
import {
  add,
  and,
  float,
  gather,
  indexVec,
  int,
  intAdd,
  intMul,
  intMulHigh,
  load,
  mul,
  multiplyAdd,
  splat,
} from "../vec.ts";
import type { Vec } from "../vec.ts";
import { renderKernel } from "./render.ts";

const at = (word: number): Index => Index.constant(4 * word);

/** The first `count` words after a run on a memory that starts with `before`. */
function run(build: (k: KernelBuilder) => void, before: readonly number[], count: number): number[] {
  const k = new KernelBuilder("test");
  build(k);
  const kernel = loadKernel(k.finish());
  kernel.floats.set(before);
  kernel.run();
  return [...kernel.floats.subarray(0, count)];
}

describe("memory", () => {
  it("loads and stores four values, at addresses that need not be multiples of 16", () => {
    expect(run((k) => k.store(at(6), load(at(1))), [0, 1, 2, 3, 4, 5], 11)).toEqual([0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 0]);
  });

  it("puts one value in all lanes, and stores one lane", () => {
    const stored = run(
      (k) => {
        k.store(at(4), splat(at(2)));
        k.storeLane(at(9), load(at(1)));
      },
      [5, 6, 7, 8],
      12,
    );
    expect(stored).toEqual([5, 6, 7, 8, 7, 7, 7, 7, 0, 6, 0, 0]);
  });

  it("reads and writes at addresses of the parameters", () => {
    const k = new KernelBuilder("copy");
    const [from, to] = [k.parameter("from"), k.parameter("to")];
    k.store(to, load(from));
    const { floats, run: copy } = loadKernel(k.finish());
    floats.set([1, 2, 3, 4, 5, 6]);
    copy(8, 40);
    expect([...floats.subarray(8, 15)]).toEqual([0, 0, 3, 4, 5, 6, 0]);
  });

  it("traps beyond its end", () => {
    const k = new KernelBuilder("beyond");
    k.store(k.parameter("at"), float(1));
    const { run: store } = loadKernel(k.finish());
    expect(() => store(65536 - 16)).not.toThrow();
    expect(() => store(65536 - 12)).toThrow(WebAssembly.RuntimeError);
  });
});

describe("addresses that differ from lane to lane", () => {
  /** A kernel over words 0–3 (offsets), 4–7 (values) and a table of 100 · word from word 16 on, which writes from word 64 on. */
  function runLanes(build: (k: KernelBuilder) => void, offsets: readonly number[]): number[] {
    const k = new KernelBuilder("lanes");
    build(k);
    const { floats, ints, run: start } = loadKernel(k.finish());
    ints.set(offsets);
    floats.set([1, 2, 3, 4], 4);
    for (let word = 16; word < 64; word++) floats[word] = 100 * word;
    start();
    return [...floats.subarray(64, 80)];
  }

  it("load one value for each lane, from tables that have lanes and from those that have none", () => {
    const from = { address: at(16), offsets: load(at(0)) };
    const offsets = [64, 0, 128, 4];
    const [shared, lanes] = [0, 4].map((laneBytes) =>
      runLanes((k) => k.store(at(64), gather({ ...from, laneBytes: laneBytes as 0 | 4 })), offsets).slice(0, 4),
    );
    expect(shared).toEqual([3200, 1600, 4800, 1700]);
    expect(lanes).toEqual([3200, 1700, 5000, 2000]);
  });

  it("follow the loops that the rest of the address depends on", () => {
    const loaded = runLanes(
      (k) => {
        k.for(0, 2, (i) => {
          const offsets = intAdd(load(at(0)), indexVec(i.times(4)));
          k.store(at(64).plus(i.times(16)), gather({ address: at(24).minus(i.times(32)), offsets, laneBytes: 0 }));
        });
      },
      [0, 4, 8, 96],
    );
    expect(loaded.slice(0, 8)).toEqual([2400, 2500, 2600, 4800, 1700, 1800, 1900, 4100]);
  });

  it("may themselves be loaded so, and computed with", () => {
    const loaded = runLanes(
      (k) => {
        const turned = gather({ address: at(0), offsets: load(at(0)), laneBytes: 0 });
        const quarter = intMulHigh(turned, int(0x40000000));
        k.store(at(64), gather({ address: at(16), offsets: intMul(quarter, int(8)), laneBytes: 0 }));
      },
      [8, 12, 0, 4],
    );
    expect(loaded.slice(0, 4)).toEqual([1600, 1800, 2000, 2200]);
  });

  it("store one value for each lane, in order", () => {
    const stored = runLanes(
      (k) => k.scatter({ address: at(64), offsets: load(at(0)), laneBytes: 4 }, load(at(4))),
      [32, 0, 48, 16],
    );
    expect(stored).toEqual([0, 2, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 3, 0]);
    const last = runLanes(
      (k) => k.scatter({ address: at(64), offsets: load(at(0)), laneBytes: 0 }, load(at(4))),
      [4, 4, 8, 8],
    );
    expect(last.slice(0, 4)).toEqual([0, 2, 4, 0]);
  });

  it("keep values and offsets apart, whatever they are computed from", () => {
    const stored = runLanes(
      (k) => {
        const offsets = intMulHigh(load(at(0)), int(0x40000000));
        const table = gather({ address: at(16), offsets, laneBytes: 0 });
        k.for(0, 2, (i) =>
          k.scatter({ address: at(64).plus(i.times(32)), offsets, laneBytes: 0 }, mul(table, float(0.5))),
        );
      },
      [0, 16, 32, 48],
    );
    expect(stored).toEqual([800, 850, 900, 950, 0, 0, 0, 0, 800, 850, 900, 950, 0, 0, 0, 0]);
  });
});

describe("accumulators", () => {
  it("keep their values through nested loops", () => {
    // A dot product of row and column sums: 2 × 3 values 1…6, times (row + 1).
    const [result] = run(
      (k) => {
        const total = k.accumulator(float(0));
        k.for(0, 2, (row) => {
          const sum = k.accumulator(float(0));
          k.for(0, 3, (column) => k.assign(sum, add(value(sum), splat(row.times(12).plus(column.times(4)).plus(16)))));
          k.assign(total, add(value(total), mul(value(sum), splat(row.times(4).plus(64)))));
        });
        k.store(at(0), value(total));
      },
      [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 1, 2],
      1,
    );
    expect(result).toBe(1 * (1 + 2 + 3) + 2 * (4 + 5 + 6));
  });
});

describe("constants", () => {
  /** A polynomial with the coefficients 1, 2, 3, …, by Horner's rule. */
  const polynomial = (x: Vec, count: number): Vec =>
    Array.from({ length: count }, (_, i) => float(i + 1)).reduce((sum, c) => multiplyAdd(sum, x, c));

  it("are the same in loops, which keep them in locals, as outside", () => {
    const values = run(
      (k) => {
        k.store(at(4), polynomial(load(at(0)), 40));
        k.for(0, 2, (i) => k.store(i.times(16).plus(32), polynomial(load(at(0)), 40)));
        k.for(0, 2, (i) =>
          k.for(0, 2, (j) => k.store(i.times(32).plus(j.times(16)).plus(64), polynomial(load(at(0)), 40))),
        );
        k.store(at(32), polynomial(load(at(0)), 40));
      },
      [0, 1, -1, 0.5],
      36,
    );
    const expected = [40, (40 * 41) / 2, 20, values[7] ?? 0];
    expect(expected[3]).toBeCloseTo(78, 6);
    for (let i = 4; i < 36; i += 4) expect(values.slice(i, i + 4), `word ${i}`).toEqual(expected);
  });

  it("are told apart by their bits", () => {
    const k = new KernelBuilder("bits");
    const constants = [float(-0), int(1), float(1), float(NaN), int(-1), float(0), int(0x80000000), float(Infinity)];
    k.for(0, 2, (i) => {
      for (const [j, constant] of constants.entries()) k.store(i.times(256).plus(16 * j), constant);
    });
    const { ints, run: store } = loadKernel(k.finish());
    store();
    const bits = [-(2 ** 31), 1, 0x3f800000, 0x7fc00000, -1, 0, -(2 ** 31), 0x7f800000];
    for (const row of [0, 64]) {
      expect(constants.map((_, j) => ints[row + 4 * j])).toEqual(bits);
      expect(constants.map((_, j) => ints[row + 4 * j + 3])).toEqual(bits);
    }
  });

  it("do not mix with the locals of the kernel, nor with those of high products", () => {
    const k = new KernelBuilder("locals");
    const named = k.let(load(at(0)));
    k.for(0, 2, (i) => {
      const product = k.let(intMulHigh(named, int(0x40000000)));
      k.store(i.times(32).plus(32), and(product, int(0xff)));
      k.store(i.times(32).plus(48), intMulHigh(product, int(0x10000000)));
    });
    const { ints, run: store } = loadKernel(k.finish());
    ints.set([0x12345678, 4, 8, -4]);
    store();
    const high = [0x12345678, 4, 8, 2 ** 32 - 4].map((word) => Math.floor(word / 4));
    for (const row of [8, 16]) {
      expect([...ints.subarray(row, row + 4)]).toEqual(high.map((word) => word & 0xff));
      expect([...ints.subarray(row + 4, row + 8)]).toEqual(high.map((word) => Math.floor(word / 16)));
    }
  });

  it("take a local each, and only where a loop uses them", () => {
    const k = new KernelBuilder("count");
    k.store(at(0), float(3));
    k.for(0, 4, (i) => k.store(i.times(16), add(mul(load(i.times(16)), float(2)), float(0))));
    k.for(0, 4, (i) => k.store(i.times(16), mul(load(i.times(16)), float(2))));
    expect(renderKernel(k.finish(), { relaxed: false }).numV128).toBe(1);
  });
});

describe("indices", () => {
  it("become integers in all lanes", () => {
    const k = new KernelBuilder("indices");
    const n = k.parameter("n");
    k.for(0, 3, (i) => k.store(i.times(16), indexVec(i.times(-2).plus(n.times(3)).plus(1))));
    k.store(at(12), indexVec(Index.constant(-7)));
    const { ints, run: store } = loadKernel(k.finish());
    store(10);
    expect([...ints.subarray(0, 16)]).toEqual([31, 29, 27, -7].flatMap((word) => [word, word, word, word]));
  });
});

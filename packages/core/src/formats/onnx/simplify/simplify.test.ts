import { describe, expect, test } from "vitest";
import type { OnnxAttributeValue, OnnxGraph, OnnxNode, OnnxTensor } from "../onnx-graph.ts";
import { graphLines } from "../testing/graph-lines.ts";
import { simplifyGraph } from "./simplify.ts";
import { transposeTensor } from "./transpose-tensor.ts";

const FIRST = [0, 3, 1, 2];
const LAST = [0, 2, 3, 1];

/** `y = Op(a, b)` with attributes. */
function node(
  result: string,
  opType: string,
  inputs: string[],
  attributes: Record<string, OnnxAttributeValue> = {},
): OnnxNode {
  return { name: result, opType, inputs, outputs: [result], attributes: new Map(Object.entries(attributes)) };
}

function floats(dims: number[], ...values: number[]): OnnxTensor {
  return { dims, data: Float32Array.from(values) };
}

function integers(...values: number[]): OnnxTensor {
  return { dims: [values.length], data: BigInt64Array.from(values, BigInt) };
}

function simplified(
  nodes: OnnxNode[],
  constants: Record<string, OnnxTensor> = {},
  outputs = ["y"],
  opset = 18,
): OnnxGraph {
  const graph: OnnxGraph = {
    name: "graph",
    opset,
    inputs: [{ name: "x", dims: [undefined, 4, 4, 3] }],
    outputs: outputs.map((name) => ({ name, dims: undefined })),
    nodes,
    constants: new Map(Object.entries(constants)),
  };
  return simplifyGraph(
    graph,
    outputs.map((_, index) => `out${index}`),
  );
}

const lines = (...parameters: Parameters<typeof simplified>): string[] => graphLines(simplified(...parameters));

describe("transposes", () => {
  test("cancel, also past element-wise operators", () => {
    const nodes = [
      node("a", "Transpose", ["x"], { perm: FIRST }),
      node("b", "MaxPool", ["a"]),
      node("c", "Transpose", ["b"], { perm: LAST }),
      node("d", "Tanh", ["c"]),
      node("e", "Transpose", ["d"], { perm: FIRST }),
      node("y", "MaxPool", ["e"]),
    ];
    expect(lines(nodes)).toEqual([
      "a = Transpose(x) perm=[0,3,1,2]",
      "b = MaxPool(a)",
      "d = Tanh(b)",
      "out0 = MaxPool(d)",
    ]);
  });

  test("of both ends of a skip connection become one", () => {
    const nodes = [
      node("a", "Transpose", ["x"], { perm: FIRST }),
      node("b", "MaxPool", ["a"]),
      node("c", "Transpose", ["b"], { perm: LAST }),
      node("y", "Add", ["c", "x"]),
    ];
    expect(lines(nodes)).toEqual([
      "a = Transpose(x) perm=[0,3,1,2]",
      "b = MaxPool(a)",
      "y = Add(b, a)",
      "out0 = Transpose(y) perm=[0,2,3,1]",
    ]);
  });

  test("turn axes, scales, pads and constants", () => {
    const before = [
      node("a", "Transpose", ["x"], { perm: FIRST }),
      node("b", "MaxPool", ["a"]),
      node("c", "Transpose", ["b"], { perm: LAST }),
    ];
    const passed = (
      last: OnnxNode,
      constants: Record<string, OnnxTensor> = {},
    ): { line: string | undefined; graph: OnnxGraph } => {
      const graph = simplified([...before, last], constants);
      return { line: graphLines(graph)[2], graph };
    };
    expect(passed(node("y", "Softmax", ["c"], { axis: -1 })).line).toBe("y = Softmax(b) axis=1");
    expect(passed(node("y", "Concat", ["c", "c"], { axis: 1 })).line).toBe("y = Concat(b, b) axis=2");
    const scaled = passed(node("y", "Resize", ["c", "", "s"]), { s: floats([4], 1, 2, 3, 1) });
    expect([...scaled.graph.constants.get("s")!.data]).toEqual([1, 1, 2, 3]);
    // Mixing pixels wants the channels first or last.
    const mixed = (order: readonly number[]): string[] =>
      lines(
        [
          node("a", "Transpose", ["x"], { perm: order }),
          node("y", "Resize", ["a", "", "s"], { mode: "linear" }),
          node("z", "Tanh", ["y"]),
        ],
        { s: floats([4], 1, 1, 2, 3) },
      );
    expect(mixed(FIRST)[0]).toBe('y = Resize(x, , s) mode="linear"');
    expect(mixed([0, 2, 1, 3])[0]).toBe("a = Transpose(x) perm=[0,2,1,3]");
    const padded = passed(node("y", "Pad", ["c", "p"]), { p: integers(0, 1, 2, 3, 0, 4, 5, 6) });
    expect([...padded.graph.constants.get("p")!.data]).toEqual([0n, 3n, 1n, 2n, 0n, 6n, 4n, 5n]);
    const added = passed(node("y", "Mul", ["c", "w"]), { w: floats([2, 1, 2], 1, 2, 3, 4) });
    expect(added.graph.constants.get("w")).toEqual(floats([1, 2, 2, 1], 1, 3, 2, 4));
  });

  test("are gone where a reduction takes their axes away", () => {
    const nodes = [
      node("a", "Transpose", ["x"], { perm: FIRST }),
      node("b", "MaxPool", ["a"]),
      node("c", "Transpose", ["b"], { perm: LAST }),
      node("y", "ReduceMax", ["c", "axes"], { keepdims: 0 }),
    ];
    const graph = simplified(nodes, { axes: integers(1, 2) });
    expect(graphLines(graph).at(-1)).toBe("out0 = ReduceMax(b, axes) keepdims=0");
    expect([...graph.constants.get("axes")!.data]).toEqual([2n, 3n]);
    const older = lines(nodes, { axes: integers(1, 2) }, ["y"], 13);
    expect(older.at(-1)).toBe("out0 = ReduceMax(b) keepdims=0 axes=[2,3]");
  });

  test("stay where an operator depends on the order", () => {
    const nodes = [node("a", "Transpose", ["x"], { perm: FIRST }), node("y", "Reshape", ["a", "s"])];
    expect(lines(nodes, { s: integers(-1, 48) })).toEqual(["a = Transpose(x) perm=[0,3,1,2]", "out0 = Reshape(a, s)"]);
  });
});

test("a bias becomes part of its convolution, unless the convolution is needed without", () => {
  const constants = { w: floats([2, 1, 1, 1], 1, 2), b: floats([1, 2, 1, 1], 3, 4) };
  const nodes = [node("a", "Conv", ["x", "w"]), node("y", "Add", ["a", "b"])];
  const graph = simplified(nodes, constants);
  expect(graphLines(graph)).toEqual(["out0 = Conv(x, w, b)"]);
  expect(graph.constants.get("b")).toEqual(floats([2], 3, 4));
  expect(lines([...nodes, node("z", "Relu", ["a"])], constants, ["y", "z"])).toHaveLength(3);
});

test("copies, booleans that were floats, and what no output needs are gone", () => {
  const nodes = [
    node("unused", "Exp", ["x"]),
    node("a", "Identity", ["x"]),
    node("b", "Greater", ["a", "c"]),
    node("f", "Cast", ["b"], { to: 1 }),
    node("t", "Cast", ["f"], { to: 9 }),
    node("y", "Where", ["t", "a", "c"]),
  ];
  const graph = simplified(nodes, { c: floats([], 0), d: floats([], 1) });
  expect(graphLines(graph)).toEqual(["b = Greater(x, c)", "out0 = Where(b, x, c)"]);
  expect([...graph.constants.keys()]).toEqual(["c"]);
});

test("outputs that are inputs, or the same value, are copies", () => {
  expect(lines([node("a", "Relu", ["x"])], {}, ["a", "x", "a"])).toEqual([
    "out0 = Relu(x)",
    "out1 = Identity(x)",
    "out2 = Identity(out0)",
  ]);
});

test("tensors are transposed", () => {
  const tensor = floats([2, 3, 1], 1, 2, 3, 4, 5, 6);
  expect(transposeTensor(tensor, [1, 2, 0])).toEqual(floats([3, 1, 2], 1, 4, 2, 5, 3, 6));
  expect(transposeTensor(floats([0, 3]), [1, 0])).toEqual(floats([3, 0]));
  expect(transposeTensor(floats([], 7), [])).toEqual(floats([], 7));
});

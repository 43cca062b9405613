/**
 * Operators that do the same on a transposed operand, and what becomes of their attributes then: `op(transpose(x, perm))`
 * is written as `transpose(op′(x), perm′)`.
 */
import type { OnnxAttributeValue, OnnxNode, OnnxTensor } from "../onnx-graph.ts";

interface MoveContext {
  readonly node: OnnxNode;
  /** Axis i of the operand is axis `perm[i]` of what it is a transpose of. */
  readonly perm: readonly number[];
  /** What an operand is that transpose of. */
  untransposed(name: string): string;
  /** The whole numbers of a constant operand. */
  integers(name: string): readonly number[];
  /** A constant operand with other numbers. */
  replaced(name: string, data: OnnxTensor["data"]): string;
}

/** An operator in front of a transpose. */
interface MovedOperator {
  readonly inputs: readonly string[];
  readonly attributes?: ReadonlyMap<string, OnnxAttributeValue>;
  /** The transpose that follows. */
  readonly perm: readonly number[];
}

/** Undefined where the operator must see its operand in the order that it has. */
type MoveRule = (context: MoveContext) => MovedOperator | undefined;

const elementwise: MoveRule = ({ node, perm, untransposed }) => ({ inputs: node.inputs.map(untransposed), perm });

/** Joins along an axis, or normalizes along it. */
const alongAxis: MoveRule = ({ node, perm, untransposed }) => {
  const axis = Number(node.attributes.get("axis") ?? -1);
  const moved = perm.at(axis) as number;
  return { inputs: node.inputs.map(untransposed), attributes: new Map(node.attributes).set("axis", moved), perm };
};

const reduction: MoveRule = ({ node, perm, untransposed, integers, replaced }) => {
  const [x = "", axesName = ""] = node.inputs;
  const axes = integers(axesName).map((axis) => perm.at(axis) as number);
  const inputs = [untransposed(x), replaced(axesName, BigInt64Array.from(axes, BigInt))];
  if (node.attributes.get("keepdims") === 1) return { inputs, perm };
  const kept = perm.filter((axis) => !axes.includes(axis));
  const order = kept.toSorted((a, b) => a - b);
  return { inputs, perm: kept.map((axis) => order.indexOf(axis)) };
};

/** Numbers for each axis, `inputs[position]`. */
const numbersPerAxis =
  (position: number): MoveRule =>
  ({ node, perm, untransposed, integers, replaced }) => {
    const numbers = integers(node.inputs[position] as string);
    const moved = new Array<number>(numbers.length);
    // Pads are the numbers of all axes before, then of all after.
    for (const [index, number] of numbers.entries()) {
      const axis = index % perm.length;
      moved[index - axis + (perm[axis] as number)] = number;
    }
    const inputs = node.inputs.map((name, index) => {
      if (index === 0) return untransposed(name);
      return index === position
        ? replaced(name, position === SCALES ? Float32Array.from(moved) : toIntegers(moved))
        : name;
    });
    return { inputs, perm };
  };

/** ONNX Runtime mixes pixels only of images that have their channels first or last. */
const resize: MoveRule = (context) => {
  const { node, perm } = context;
  const isMixing = (node.attributes.get("mode") ?? "nearest") !== "nearest";
  if (isMixing && perm[0] !== 0) return undefined;
  const channels = perm[1] as number;
  if (isMixing && channels !== 1 && channels !== perm.length - 1) return undefined;
  return numbersPerAxis(SCALES)(context);
};

const slice: MoveRule = ({ node, perm, untransposed, integers, replaced }) => {
  const [x = "", starts = "", ends = "", axes = "", steps = ""] = node.inputs;
  const moved = integers(axes).map((axis) => perm.at(axis) as number);
  return { inputs: [untransposed(x), starts, ends, replaced(axes, toIntegers(moved)), steps], perm };
};

const SCALES = 2;
const PADS = 1;

function toIntegers(numbers: readonly number[]): BigInt64Array {
  return BigInt64Array.from(numbers, BigInt);
}

const ELEMENTWISE = [
  ["Abs", "Add", "Cast", "Celu", "Clip", "Div", "Elu", "Equal", "Erf", "Exp", "Floor", "Gelu", "Greater"],
  ["GreaterOrEqual", "HardSigmoid", "HardSwish", "LeakyRelu", "Log", "Max", "Min", "Mish", "Mul", "Neg", "PRelu"],
  ["Reciprocal", "Relu", "Selu", "Sigmoid", "Sign", "Softplus", "Softsign", "Sqrt", "Sub", "Tanh", "Where"],
].flat();

const RULES: ReadonlyMap<string, MoveRule> = new Map<string, MoveRule>([
  ...ELEMENTWISE.map((opType) => [opType, elementwise] as const),
  ["Concat", alongAxis],
  ["Softmax", alongAxis],
  ["LogSoftmax", alongAxis],
  ["ReduceMax", reduction],
  ["ReduceMean", reduction],
  ["ReduceSum", reduction],
  ["Resize", resize],
  ["Pad", numbersPerAxis(PADS)],
  ["Slice", slice],
]);

/** How an operator moves in front of a transpose; undefined if it cannot. */
export function moveRule(opType: string): MoveRule | undefined {
  return RULES.get(opType);
}

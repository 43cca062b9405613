/**
 * Gelu in the form in which exporters write it before version 20 of the operators: x · Φ(x), Φ by way of the error
 * function. The nodes between are one activation, and no layers are made of them.
 */
import { activation } from "../../../../nn/layers/index.ts";
import type { OnnxNode } from "../../onnx-graph.ts";
import type { OperatorContext, OperatorImport } from "../operator-context.ts";
import type { Value } from "../values.ts";

/** An operator that may be the x / √2 or x · √½ with which a gelu begins. */
export function orGelu(otherwise: OperatorImport): OperatorImport {
  return (context) => importGelu(context) ?? otherwise(context);
}

/** The gelu's value, which all of its nodes get; undefined where the node begins none. */
function importGelu(context: OperatorContext): Value | undefined {
  const begin = context.node;
  const x = begin.inputs.find((name) => context.state.value(name)?.kind !== "fixed") ?? "";
  const scale = constantOf(context, begin);
  if (scale === undefined || Math.abs((begin.opType === "Div" ? 1 / scale : scale) - Math.SQRT1_2) > 1e-6)
    return undefined;
  const erf = next(context, begin, "Erf");
  const plusOne = next(context, erf, "Add");
  if (erf === undefined || plusOne === undefined || constantOf(context, plusOne) !== 1) return undefined;
  const end = next(context, plusOne, "Mul");
  const ends = end && halvedProduct(context, end, x);
  if (end === undefined || ends === undefined) return undefined;
  const value = context.flow(begin.inputs.indexOf(x));
  const result: Value = { ...value, tensor: context.call(activation("gelu", context.options()), value.tensor) };
  for (const node of [erf, plusOne, ...ends]) context.state.define(node.outputs[0] as string, result);
  return result;
}

/** The products that follow 1 + erf: with x and with ½, in either order, or with x · ½ at once. */
function halvedProduct(context: OperatorContext, first: OnnxNode, x: string): readonly OnnxNode[] | undefined {
  const half = first.inputs.find((name) => isHalfOf(context, name, x));
  if (half !== undefined) return [first];
  const second = next(context, first, "Mul");
  const isFinal = second !== undefined && [first, second].some((node) => constantOf(context, node) === 0.5);
  return isFinal && [first, second].some(({ inputs }) => inputs.includes(x)) ? [first, second] : undefined;
}

/** Whether a value is x · ½. */
function isHalfOf(context: OperatorContext, name: string, x: string): boolean {
  const maker = context.state.graph.nodes.find(({ outputs }) => outputs[0] === name);
  return maker?.opType === "Mul" && maker.inputs.includes(x) && constantOf(context, maker) === 0.5;
}

/** The only user of a node's result, if it is this operator. */
function next(context: OperatorContext, node: OnnxNode | undefined, opType: string): OnnxNode | undefined {
  const user = node && context.state.onlyUser(node.outputs[0] ?? "");
  return user?.opType === opType ? user : undefined;
}

/** The one number among a node's operands. */
function constantOf(context: OperatorContext, node: OnnxNode): number | undefined {
  for (const name of node.inputs) {
    const value = context.state.value(name);
    if (value?.kind === "fixed" && value.tensor.data.length === 1) return Number(value.tensor.data[0]);
  }
  return undefined;
}

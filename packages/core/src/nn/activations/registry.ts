/** Activations by their Keras names. */
import type { Node } from "../../graph/node.ts";
import { exp, relu as rectify, softplus, tanh } from "../../ops/elementwise.ts";
import { describeUnknown } from "../nearest-name.ts";
import { glu } from "./glu.ts";
import {
  celu,
  elu,
  hardShrink,
  leakyRelu,
  mish,
  relu6,
  selu,
  softShrink,
  sparsePlus,
  squareplus,
  tanhShrink,
} from "./rectifiers.ts";
import {
  gelu,
  hardSigmoid,
  hardSilu,
  hardTanh,
  logSigmoid,
  sigmoid,
  silu,
  softsign,
  sparseSigmoid,
} from "./sigmoids.ts";
import { logSoftmax, softmax } from "./softmax.ts";
import { sparsemax } from "./sparsemax.ts";

/** A function of a layer's result: of the same shape, but for `glu`, which halves the last axis. */
export interface Activation {
  /** Keras's name: `relu`. */
  readonly name: string;
  apply(x: Node): Node;
}

/** An activation, or the name of one: `leaky_relu` as Keras writes it, or `leakyRelu`. */
export type ActivationLike = Activation | string;

const ACTIVATIONS: Readonly<Record<string, (x: Node) => Node>> = {
  relu: rectify,
  relu6,
  leaky_relu: (x) => leakyRelu(x),
  elu: (x) => elu(x),
  selu,
  celu: (x) => celu(x),
  gelu: (x) => gelu(x),
  silu,
  hard_silu: hardSilu,
  mish,
  softplus,
  softsign,
  squareplus: (x) => squareplus(x),
  sigmoid,
  hard_sigmoid: hardSigmoid,
  log_sigmoid: logSigmoid,
  sparse_sigmoid: sparseSigmoid,
  sparse_plus: sparsePlus,
  tanh,
  hard_tanh: hardTanh,
  tanh_shrink: tanhShrink,
  soft_shrink: (x) => softShrink(x),
  hard_shrink: (x) => hardShrink(x),
  exponential: exp,
  softmax: (x) => softmax(x),
  sparsemax,
  glu,
  log_softmax: logSoftmax,
  linear: (x) => x,
};

/** Activations of Keras that are missing here, and why. */
const MISSING: Readonly<Record<string, string>> = {
  threshold: "it has no default arguments; build it from the function threshold",
};

const ALIASES: Readonly<Record<string, string>> = { swish: "silu", hard_swish: "hard_silu" };

/**
 * The activation of a name; `linear`, which changes nothing, for undefined.
 *
 * @throws RangeError when there is none of that name; it suggests the nearest.
 */
export function getActivation(activation: ActivationLike | undefined): Activation {
  if (typeof activation === "object") return activation;
  const wanted = comparable(activation ?? "linear");
  const known = [...Object.keys(ACTIVATIONS), ...Object.keys(ALIASES)];
  const found = known.find((name) => comparable(name) === wanted);
  const name = ALIASES[found ?? ""] ?? found ?? "";
  const apply = ACTIVATIONS[name];
  if (apply !== undefined) return { name, apply };
  const missing = MISSING[wanted];
  if (missing !== undefined) throw new RangeError(`the activation "${wanted}" is not available: ${missing}`);
  throw new RangeError(`unknown activation ${describeUnknown(String(activation), known)}`);
}

function comparable(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

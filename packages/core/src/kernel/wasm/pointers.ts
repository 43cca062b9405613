/**
 * Plans the pointers of a kernel.
 *
 * An address is `constant + Σ coefficient · variable`. Ordered by where the variables are bound, outermost first, its partial
 * sums form a chain: each loop that contributes a term keeps the partial sum up to its variable in a local and
 * advances it by `coefficient · step`. Accesses that share a partial sum share the local, and what is constant
 * goes into the instruction's offset. So an access in the innermost loop costs no address arithmetic.
 */
import { Index } from "../index-expr.ts";
import type { IndexVariable } from "../index-expr.ts";
import type { KernelFunction, Statement } from "../builder.ts";
import type { Vec } from "../vec.ts";

/** A partial sum that is kept in a local while its variable is in scope. */
export interface Pointer {
  readonly parent: Pointer | undefined;
  /** The constant a chain starts from; zero where the constant goes into the instruction instead. */
  readonly root: number;
  readonly coefficient: number;
}

export interface PointerPlan {
  /** The pointers that come into being with a variable. */
  readonly byVariable: ReadonlyMap<IndexVariable, readonly Pointer[]>;
  /** Where an address points to, and the constant to add in the instruction. */
  locate(address: Index): { pointer: Pointer | undefined; offset: number };
}

export function planPointers(kernel: KernelFunction): PointerPlan {
  const depth = new Map<IndexVariable, number>();
  const chains = new Map<string, Pointer>();
  const byVariable = new Map<IndexVariable, Pointer[]>();

  function locate(address: Index): { pointer: Pointer | undefined; offset: number } {
    const terms = [...address.terms].sort(([a], [b]) => depthOf(a) - depthOf(b));
    // An instruction's offset is unsigned and is added without wrapping, so a chain that may run below zero takes the constant along.
    const inInstruction = address.constant >= 0 && terms.every(([, coefficient]) => coefficient > 0);
    const root = inInstruction ? 0 : address.constant;
    let pointer: Pointer | undefined;
    let key = String(root);
    for (const [variable, coefficient] of terms) {
      key += `,${variable.id}*${coefficient}`;
      let next = chains.get(key);
      if (next === undefined) {
        next = { parent: pointer, root, coefficient };
        chains.set(key, next);
        byVariable.set(variable, [...(byVariable.get(variable) ?? []), next]);
      }
      pointer = next;
    }
    return { pointer, offset: inInstruction ? address.constant : pointer === undefined ? root : 0 };
  }

  function depthOf(variable: IndexVariable): number {
    const known = depth.get(variable);
    if (known === undefined) throw new Error(`kernel ${kernel.name}: ${variable.name} is used outside its loop`);
    return known;
  }

  function visit(statements: readonly Statement[]): void {
    for (const statement of statements) {
      switch (statement.kind) {
        case "let":
          visitVec(statement.value, locate);
          break;
        case "store":
        case "storeLane":
          locate(statement.address);
          visitVec(statement.value, locate);
          break;
        case "bind":
          depth.set(statement.variable, depth.size);
          break;
        case "for":
          depth.set(statement.variable, depth.size);
          visit(statement.body);
          break;
      }
    }
  }

  for (const parameter of kernel.parameters) depth.set(parameter, depth.size);
  visit(kernel.body);
  return { byVariable, locate };
}

function visitVec(vec: Vec, access: (address: Index) => void): void {
  switch (vec.kind) {
    case "load":
    case "splat":
      access(vec.address);
      break;
    case "unary":
    case "shift":
      visitVec(vec.a, access);
      break;
    case "binary":
    case "shuffle":
      visitVec(vec.a, access);
      visitVec(vec.b, access);
      break;
    case "multiplyAdd":
      visitVec(vec.a, access);
      visitVec(vec.b, access);
      visitVec(vec.c, access);
      break;
    case "select":
      visitVec(vec.mask, access);
      visitVec(vec.a, access);
      visitVec(vec.b, access);
      break;
    case "float":
    case "int":
    case "index":
    case "local":
      break;
  }
}

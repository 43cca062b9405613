/**
 * Plans the pointers of a kernel.
 *
 * An address is `constant + Σ coefficient · variable`. Ordered by where the variables are bound, outermost first, its partial
 * sums form a chain: each loop that contributes a term keeps the partial sum up to its variable in a local and
 * advances it by `coefficient · step`. Accesses that share a partial sum share the local, and what is constant
 * goes into the instruction's offset. So an access in the innermost loop costs no address arithmetic.
 */
import type { Index, IndexVariable } from "../index-expr.ts";
import { valuesOf } from "../builder.ts";
import type { KernelFunction, Statement } from "../builder.ts";
import { operands } from "../vec.ts";
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

/** Bytes within which accesses share a chain that takes their constant along. No kernel's data lie below this address. */
const NEIGHBOURHOOD = 64 * 1024;

export function planPointers(kernel: KernelFunction): PointerPlan {
  const depth = new Map<IndexVariable, number>();
  const inScope = new Set<IndexVariable>();
  const chains = new Map<string, Pointer>();
  const byVariable = new Map<IndexVariable, Pointer[]>();
  const addresses: Index[] = [];
  const roots = new Map<string, number>();

  /**
   * An instruction's offset is unsigned and is added without wrapping, so a chain that may run below zero takes the constant along:
   * the lowest of those accesses that are close to each other and differ in nothing else.
   */
  function rootOf(address: Index): number {
    const neverNegative = address.constant >= 0 && [...address.terms.values()].every((coefficient) => coefficient > 0);
    if (neverNegative) return 0;
    const terms = [...address.terms].map(([variable, coefficient]) => `${variable.id}*${coefficient}`);
    const key = `${terms.toSorted().join()} ${Math.floor(address.constant / NEIGHBOURHOOD)}`;
    const root = Math.min(roots.get(key) ?? Infinity, address.constant);
    roots.set(key, root);
    return root;
  }

  function locate(address: Index): { pointer: Pointer | undefined; offset: number } {
    const terms = [...address.terms].toSorted(([a], [b]) => depthOf(a) - depthOf(b));
    const root = rootOf(address);
    if (terms.length === 0 && root < 0) {
      throw new Error(`kernel ${kernel.name}: the address ${address.constant} is below zero`);
    }
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
    return { pointer, offset: address.constant - (terms.length === 0 ? 0 : root) };
  }

  function depthOf(variable: IndexVariable): number {
    const known = depth.get(variable);
    if (known === undefined) throw outside(variable);
    return known;
  }

  function outside(variable: IndexVariable): Error {
    return new Error(`kernel ${kernel.name}: ${variable.name} is used outside its loop`);
  }

  function declare(variable: IndexVariable): void {
    depth.set(variable, depth.size);
    inScope.add(variable);
  }

  function use(index: Index): void {
    for (const variable of index.terms.keys()) if (!inScope.has(variable)) throw outside(variable);
  }

  function useAddress(address: Index): void {
    use(address);
    rootOf(address);
    addresses.push(address);
  }

  function useVec(vec: Vec): void {
    if (vec.kind === "load" || vec.kind === "splat" || vec.kind === "gather") useAddress(vec.address);
    else if (vec.kind === "index") use(vec.index);
    for (const operand of operands(vec)) useVec(operand);
  }

  function visit(statements: readonly Statement[]): void {
    for (const statement of statements) {
      switch (statement.kind) {
        case "let":
          useVec(statement.value);
          break;
        case "store":
        case "storeLane":
        case "scatter":
          useAddress(statement.address);
          for (const value of valuesOf(statement)) useVec(value);
          break;
        case "bind":
          use(statement.left);
          use(statement.right);
          declare(statement.variable);
          break;
        case "for":
          use(statement.from);
          use(statement.to);
          declare(statement.variable);
          visit(statement.body);
          inScope.delete(statement.variable);
          break;
      }
    }
    for (const statement of statements) if (statement.kind === "bind") inScope.delete(statement.variable);
  }

  for (const parameter of kernel.parameters) declare(parameter);
  visit(kernel.body);
  for (const address of addresses) locate(address);
  return { byVariable, locate };
}

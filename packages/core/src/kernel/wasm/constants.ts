/**
 * Finds the constants that a loop needs.
 *
 * A vector constant costs several instructions wherever it stands, and engines do not move them out of loops. So the renderer
 * keeps the constants of each outermost loop in locals, set before the loop begins; this halves the time of a polynomial.
 */
import { valuesOf } from "../builder.ts";
import type { Statement } from "../builder.ts";
import { operands } from "../vec.ts";
import type { Vec } from "../vec.ts";

/** The bits of each lane of a constant. */
export function constantBits(constant: Extract<Vec, { kind: "float" | "int" }>): number {
  if (constant.kind === "int") return constant.value;
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, constant.value);
  return view.getInt32(0);
}

/** The bits of all constants in the statements, each once; without zero and all ones, which cost one instruction. */
export function findConstants(statements: readonly Statement[]): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (vec: Vec): void => {
    if (vec.kind === "float" || vec.kind === "int") found.add(constantBits(vec));
    for (const operand of operands(vec)) visit(operand);
  };
  for (const statement of statements) {
    if (statement.kind === "for") for (const bits of findConstants(statement.body)) found.add(bits);
    for (const value of valuesOf(statement)) visit(value);
  }
  found.delete(0);
  found.delete(-1);
  return found;
}

import type { KernelFunction, Statement } from "../builder.ts";
import type { Index, IndexVariable } from "../index-expr.ts";

/** The words that a kernel of loops, bindings and `storeLane(address, indexVec(…))` writes, by address. */
export function interpretIndices(kernel: KernelFunction, parameters: readonly number[]): Map<number, number> {
  const memory = new Map<number, number>();
  const variables = new Map<IndexVariable, number>(kernel.parameters.map((p, i) => [p, parameters[i] ?? NaN]));

  function evaluate({ terms, constant }: Index): number {
    let sum = constant;
    for (const [variable, coefficient] of terms) sum += coefficient * (variables.get(variable) ?? NaN);
    return sum;
  }

  const operations = {
    min: Math.min,
    max: Math.max,
    floorDivide: (a: number, b: number): number => Math.floor(a / b),
    remainder: (a: number, b: number): number => a % b,
  };

  function run(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.kind === "bind") {
        const { variable, op, left, right } = statement;
        variables.set(variable, operations[op](evaluate(left), evaluate(right)));
      } else if (statement.kind === "for") {
        for (let i = evaluate(statement.from); i < evaluate(statement.to); i += statement.step) {
          variables.set(statement.variable, i);
          run(statement.body);
        }
      } else if (statement.kind === "storeLane" && statement.value.kind === "index") {
        memory.set(evaluate(statement.address), evaluate(statement.value.index));
      } else throw new Error(`a ${statement.kind} of other values cannot be interpreted`);
    }
  }

  run(kernel.body);
  return memory;
}

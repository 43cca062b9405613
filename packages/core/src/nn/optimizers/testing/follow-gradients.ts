/** Takes steps of an optimizer under given gradients: in float64, and as a compiled program. */
import { topologicalOrder } from "../../../graph/node.ts";
import type { Node } from "../../../graph/node.ts";
import type { Shape } from "../../../graph/tensor-type.ts";
import { leafName, parameterNode } from "../../../ops/leaf.ts";
import type { Device } from "../../../runtime/device.ts";
import { ParameterStore } from "../../../runtime/parameter-store.ts";
import { Program } from "../../../runtime/program.ts";
import type { Constraint } from "../../constraints/constraint.ts";
import { zeros } from "../../initializers/index.ts";
import { evaluate } from "../../testing/evaluate.ts";
import { OptimizerState } from "../../training/optimizer-state.ts";
import type { OptimizerValues } from "../../training/optimizer-state.ts";
import { optimizerUpdates } from "../../training/optimizer-updates.ts";
import { Variable } from "../../variable.ts";
import type { Optimizer } from "../optimizer.ts";

/** A parameter, and its gradient at each step. */
export interface GivenParameter {
  readonly name: string;
  readonly shape: Shape;
  readonly initial: ArrayLike<number>;
  readonly gradients: readonly ArrayLike<number>[];
  readonly constraint: Constraint | undefined;
}

/** The values of each parameter after each step, by parameter and step. */
export type Course = readonly (readonly number[])[];

function trainedVariables(parameters: readonly GivenParameter[]): { variable: Variable; gradient: Node }[] {
  return parameters.map(({ name, shape, constraint }) => ({
    variable: new Variable({ name, shape, initializer: zeros(), constraint }, "given"),
    gradient: parameterNode(`gradient of ${name}`, shape),
  }));
}

function courseOf(steps: readonly (readonly (readonly number[])[])[]): Course {
  return (steps[0] ?? []).map((_, parameter) => steps.flatMap((values) => values[parameter] ?? []));
}

/** The course in float64. */
export function followInFloat64(optimizer: Optimizer, parameters: readonly GivenParameter[]): Course {
  const slotsOf = ({ name, shape }: Variable): Record<string, Node> =>
    Object.fromEntries(optimizer.slots.map((slot) => [slot, parameterNode(`${name}/${slot}`, shape)]));
  const trained = trainedVariables(parameters).map((each) => ({ ...each, slots: slotsOf(each.variable) }));
  const updates = optimizerUpdates(optimizer, trained);
  const results = updates.map(({ value }) => value);
  const scalars = topologicalOrder(results).filter(({ op }) => op.name === "scalar");
  const values = new Map<Node, Float64Array>();
  for (const [index, { variable, slots }] of trained.entries()) {
    values.set(variable.node, Float64Array.from(parameters[index]!.initial));
    for (const [slot, node] of Object.entries(slots)) {
      values.set(node, new Float64Array(variable.size).fill(optimizer.initialSlotValue(slot)));
    }
  }
  const steps = parameters[0]!.gradients.map((_, iterations) => {
    const feeds = new Map(values);
    for (const [index, { gradient }] of trained.entries()) {
      feeds.set(gradient, Float64Array.from(parameters[index]!.gradients[iterations]!));
    }
    const numbers = optimizer.scalars(iterations);
    for (const scalar of scalars) feeds.set(scalar, Float64Array.of(numbers[leafName(scalar)]!));
    const next = evaluate(results, feeds, 1);
    for (const [index, { parameter }] of updates.entries()) values.set(parameter, Float64Array.from(next[index]!));
    return trained.map(({ variable }) => [...values.get(variable.node)!]);
  });
  return courseOf(steps);
}

export interface CompiledCourse {
  readonly course: Course;
  /** After the last step. */
  readonly state: OptimizerValues;
  /** What the end of a training makes of the parameters. */
  readonly finalized: readonly Float32Array[];
}

/** The course of a compiled program. */
export async function followCompiled(
  optimizer: Optimizer,
  parameters: readonly GivenParameter[],
  device: Device,
): Promise<CompiledCourse> {
  const store = new ParameterStore(device);
  const state = new OptimizerState(optimizer);
  const given = trainedVariables(parameters);
  const variables = given.map(({ variable }) => variable);
  for (const [index, variable] of variables.entries()) {
    variable.assign(parameters[index]!.initial);
    variable.attach(store);
  }
  state.attach(store, variables);
  const updates = optimizerUpdates(
    optimizer,
    given.map((each) => ({ ...each, slots: state.slotsOf(each.variable) })),
  );
  const program = await Program.compile({ outputs: {}, updates, batchSize: 1 }, device, store);
  const steps = parameters[0]!.gradients.map((_, iterations) => {
    for (const [index, { gradient }] of given.entries()) store.set(gradient, parameters[index]!.gradients[iterations]!);
    program.run({ count: 1, step: iterations, seed: 0, scalars: optimizer.scalars(iterations) });
    state.iterations++;
    return variables.map((variable) => [...variable.read()]);
  });
  const course = courseOf(steps);
  const last = state.read();
  state.useAverages(variables);
  const finalized = variables.map((variable) => variable.read());
  await program.dispose();
  store.dispose();
  return { course, state: last, finalized };
}

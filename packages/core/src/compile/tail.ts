/**
 * The end of a group's loop nest: takes each element of the first member from a register, computes the further members
 * from it, and stores those that are needed.
 */
import type { Node } from "../graph/node.ts";
import type { KernelBuilder } from "../kernel/builder.ts";
import type { Vec } from "../kernel/vec.ts";
import type { Task } from "./schedule.ts";

export interface ElementAccess {
  /** The value of an operand from outside the group, at the element that is being computed. */
  read(operand: Node): Vec;
  /** Stores a member's value. */
  write(member: Node, value: Vec): void;
  update(parameter: Node, value: Vec): void;
}

/** Computes all members at one element. `root` is the first member's value; undefined where that is element-wise too. */
export function finishElement(k: KernelBuilder, task: Task, root: Vec | undefined, access: ElementAccess): void {
  const values = new Map<Node, Vec>();
  const operand = (node: Node): Vec => {
    const known = values.get(node) ?? k.let(access.read(node));
    values.set(node, known);
    return known;
  };
  for (const [position, member] of task.members.entries()) {
    const { kernel } = member.op;
    let value: Vec;
    if (position === 0 && root !== undefined) value = root;
    else if (kernel.kind === "map") value = kernel.map(k, member.inputs.map(operand), member.attributes);
    else throw new Error(`${member.op.name} is not element-wise`);
    const local = k.let(value);
    values.set(member, local);
    if (task.writes.includes(member)) access.write(member, local);
    for (const parameter of task.updates.get(member) ?? []) access.update(parameter, local);
  }
}

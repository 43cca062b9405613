/** Checks a schedule: that every value is there when it is read, and no parameter changes while it is read. */
import { assert } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import { isPerSample } from "./schedule.ts";
import type { Schedule, Task } from "./schedule.ts";

export function verifySchedule({ tasks }: Schedule): void {
  const writers = new Map<Node, { task: Task; position: number }>();
  for (const [position, task] of tasks.entries()) {
    assert(isPerSample(task) === (task.stage % 2 === 0), `${describe(task)} is in a stage of the other kind`);
    for (const node of task.writes) writers.set(node, { task, position });
  }
  for (const [position, task] of tasks.entries()) {
    for (const node of task.reads) {
      const writer = writers.get(node);
      if (writer === undefined) continue;
      // Within a stage of per-sample work a thread goes through the tasks in order; shared work is cut up in no order.
      const inOrder = isPerSample(task) && writer.task.stage === task.stage && writer.position < position;
      const before = writer.task.stage < task.stage || inOrder;
      assert(before, `${describe(task)} reads #${node.id} before ${describe(writer.task)} has written it`);
    }
    for (const parameter of [...task.updates.values()].flat()) {
      for (const reader of tasks) {
        if (reader === task || !reader.reads.includes(parameter)) continue;
        assert(
          reader.stage < task.stage,
          `${describe(task)} changes #${parameter.id} while ${describe(reader)} reads it`,
        );
      }
    }
  }
}

function describe({ kind, members, stage }: Task): string {
  return `${kind} ${members[0]?.op.name} #${members[0]?.id} in stage ${stage}`;
}

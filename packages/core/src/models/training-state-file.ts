/** The state of a training as an entry of a model's file: safetensors, and the rest as JSON beside them. */
import { readSafetensors, writeSafetensors } from "../formats/safetensors/index.ts";
import { parseUntrustedJson } from "../formats/untrusted-json.ts";
import type { StoppingState, TrainingState } from "./training-state.ts";

/** What the entry is called. */
export const TRAINING_ENTRY = "sandglass-training.safetensors";

/** Best weights are called so, and their numbers; all other tensors `step/variable/slot`. */
const BEST = "best";

/** The same bytes for the same state. */
export function writeState({ phase, from, steps, stopping }: TrainingState): Uint8Array {
  const slots = steps.flatMap(({ slots: kept }, step) =>
    kept.flatMap((bySlot, variable) =>
      Object.entries(bySlot).map(([slot, data]) => [[step, variable, slot].join("/"), data] as const),
    ),
  );
  const best = (stopping?.best ?? []).map((data, index) => [`${BEST}/${index}`, data] as const);
  const tensors = [...slots, ...best].map(([name, data]) => [name, { shape: [data.length], data }] as const);
  const described = steps.map(({ name, iterations, slots: kept }) => ({ name, iterations, variables: kept.length }));
  const { state, hasStopped } = stopping ?? {};
  const training = { phase, from, steps: described, ...(stopping && { stopping: { state, hasStopped } }) };
  return writeSafetensors(new Map(tensors), { training: JSON.stringify(training) });
}

/** @throws Error when it is no such entry, or damaged. */
export function readState(bytes: Uint8Array): TrainingState {
  const { tensors, metadata } = readSafetensors(bytes);
  const { phase, from, steps, stopping } = parseUntrustedJson(metadata["training"] ?? "{}") as {
    readonly phase: number;
    readonly from: number;
    readonly steps: readonly { readonly name: string; readonly iterations: number; readonly variables: number }[];
    readonly stopping?: Omit<StoppingState, "best">;
  };
  // Optimizers that keep nothing of a variable have no tensor for it.
  const slots = steps.map(({ variables }) =>
    Array.from({ length: variables }, (): Record<string, Float32Array> => ({})),
  );
  const best: Float32Array[] = [];
  for (const [path, { data }] of tensors) {
    const [step = "", variable = "", slot = ""] = path.split("/");
    if (step === BEST) {
      best[Number(variable)] = data;
      continue;
    }
    const bySlot = slots[Number(step)]?.[Number(variable)];
    if (bySlot === undefined) throw new Error(`the training has no variable "${path}"`);
    bySlot[slot] = data;
  }
  return {
    phase,
    from,
    steps: steps.map(({ name, iterations }, index) => ({ name, iterations, slots: slots[index] ?? [] })),
    ...(stopping !== undefined && { stopping: { ...stopping, best } }),
  };
}

/** What the calling thread and the one that decodes tell each other. */
import type { DecodedSamples, DecodeJob } from "./decode-samples.ts";
import type { ImagePlan } from "./image-plan.ts";

/** What a worker starts with. */
export interface WorkerStart {
  readonly plan: ImagePlan;
  readonly maxPixels: number;
}

export type ToWorker =
  | { readonly kind: "decode"; readonly id: number; readonly jobs: readonly DecodeJob[]; readonly count: number }
  /** Begin nothing more, and end when what is under way has ended. */
  | { readonly kind: "stop" };

export type FromWorker =
  | { readonly kind: "decoded"; readonly id: number; readonly samples: DecodedSamples }
  | { readonly kind: "failed"; readonly id: number; readonly error: Error };

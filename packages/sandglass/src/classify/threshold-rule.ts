/** The rule by which the threshold is chosen, as it is typed: `f1`, `youden`, `sensitivity=0.95`, or a number. */
import type { classify } from "@sandglass/core";
import { UserError } from "../errors.ts";

/** A rule for validation data, or the threshold itself. */
export type ThresholdChoice = classify.ThresholdRule | { readonly kind: "fixed"; readonly threshold: number };

/** @throws UserError when it is none. */
export function parseThreshold(text: string): ThresholdChoice {
  const [kind = "", share, ...rest] = text.trim().split("=");
  const atLeast = Number(share);
  if (rest.length === 0 && (kind === "sensitivity" || kind === "specificity") && atLeast > 0 && atLeast <= 1) {
    return { kind, atLeast };
  }
  if (share === undefined && (kind === "f1" || kind === "youden")) return { kind };
  const threshold = kind === "" ? NaN : Number(kind);
  if (share === undefined && threshold > 0 && threshold < 1) return { kind: "fixed", threshold };
  throw new UserError(
    `--threshold takes f1, youden, sensitivity=0.95, specificity=0.9, or a probability such as 0.5; "${text}" came`,
    { exitCode: 2 },
  );
}

/** The rule in words. */
export function describeRule(choice: ThresholdChoice): string {
  switch (choice.kind) {
    case "f1":
      return "the largest F1";
    case "youden":
      return "the largest sensitivity + specificity (Youden)";
    case "fixed":
      return `as given: ${choice.threshold}`;
    default:
      return `a ${choice.kind} of at least ${choice.atLeast}`;
  }
}

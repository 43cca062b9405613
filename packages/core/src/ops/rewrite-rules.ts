/** All rewriting rules, in the order in which they are tried. */
import type { RewriteRule } from "../graph/rewrite-rule.ts";
import { cappedRule } from "./capped.ts";
import { upsampledConv2dRules } from "./conv2d/upsampled.ts";
import { paddedWindowRules } from "./padded-windows.ts";
import { stopGradientRule } from "./stop-gradient.ts";

export const rewriteRules: readonly RewriteRule[] = [
  stopGradientRule,
  cappedRule,
  ...paddedWindowRules,
  ...upsampledConv2dRules,
];

/** All rewriting rules, in the order in which they are tried. */
import type { RewriteRule } from "../graph/rewrite-rule.ts";
import { upsampledConv2dRules } from "./conv2d/upsampled.ts";

export const rewriteRules: readonly RewriteRule[] = [...upsampledConv2dRules];

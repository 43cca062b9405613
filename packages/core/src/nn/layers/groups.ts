/** Groups of a convolution's channels: a number that divides those of the input and of the output. */
import { GraphError } from "../../graph/error.ts";
import type { ConfigReader } from "../config-reader.ts";
import { checkCount } from "./option-checks.ts";

export interface GroupOptions {
  /** Into how many groups channels and filters are cut, each convolved by itself; 1 unless given. */
  readonly groups?: number;
}

/** @throws RangeError unless the groups can share the filters. */
export function checkGroups(className: string, groups: number, filters: number): number {
  checkCount(className, "groups", groups);
  if (filters % groups === 0) return groups;
  throw new RangeError(`groups of ${className} must divide its ${filters} filters; ${groups} came`);
}

/** @throws GraphError unless the groups can share the channels; else the channels of one. */
export function channelsPerGroup(channels: number, groups: number): number {
  if (channels % groups === 0) return channels / groups;
  throw new GraphError(
    `its ${groups} groups cannot share ${channels} channels; take a number of groups that divides them`,
  );
}

/** The option that Keras wrote into a model file. */
export function groupOptions(config: ConfigReader): GroupOptions {
  return { groups: config.optionalNumber("groups") ?? 1 };
}

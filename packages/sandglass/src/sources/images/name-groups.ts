/** Groups of images by their names: all pictures of one patient, all frames of one clip. */
import { UserError } from "../../errors.ts";
import type { ImageEntry } from "../../images/find/index.ts";
import { formatCount } from "../../text/number-format.ts";

export interface NameGroups {
  /** The group of each image. */
  readonly keys: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The group of each image is what a regular expression finds in its name: its first group in parentheses, or all of it. Images in whose
 * names nothing is found are groups of their own.
 *
 * @param pattern `"^person\\d+"`, for instance.
 * @throws UserError when that is no regular expression, or is found in no name.
 */
export function groupsOf(entries: readonly Pick<ImageEntry, "name">[], pattern: string): NameGroups {
  const expression = parse(pattern);
  let alone = 0;
  const keys = entries.map(({ name }) => {
    const match = expression.exec(name.slice(name.lastIndexOf("/") + 1));
    if (match === null) alone++;
    return match === null ? `image ${name}` : `group ${match[1] ?? match[0]}`;
  });
  if (alone === entries.length) {
    throw new UserError(
      `--group ${pattern} is found in no file name, such as ${entries[0]?.name ?? "none"}; ` +
        "give a regular expression that finds what images of one group have in common",
      { exitCode: 2 },
    );
  }
  const found = new Set(keys).size - alone;
  const others = alone === 0 ? "" : `; ${formatCount(alone)} names without it are groups of their own`;
  return { keys, notes: [`${formatCount(found)} groups by file names${others}`] };
}

function parse(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch (error) {
    throw new UserError(`--group takes a regular expression for file names; "${pattern}" is none (${String(error)})`, {
      exitCode: 2,
      cause: error,
    });
  }
}

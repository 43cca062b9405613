import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";
import { someNames } from "../text/some-names.ts";

export interface KnownClasses {
  readonly numClasses: number;
  /** Where they have names. */
  readonly classNames: readonly string[] | undefined;
}

/** So many names are listed in an error. */
const LISTED = 20;

/**
 * The class that a user named: by its name, whatever the case, or by its number from 0 on.
 *
 * @param option that it was given with.
 * @throws UserError when there is none; it names the nearest.
 */
export function classNumber(text: string, { numClasses, classNames }: KnownClasses, option = "--label"): number {
  const named = classNames?.indexOf(text) ?? -1;
  if (named >= 0) return named;
  const likely = classNames?.findIndex((name) => name.toLowerCase() === text.toLowerCase()) ?? -1;
  if (likely >= 0) return likely;
  if (/^\d+$/u.test(text)) {
    if (Number(text) < numClasses) return Number(text);
    throw usage(`the model knows the classes 0 to ${numClasses - 1}; ${text} came as ${option}`);
  }
  if (classNames === undefined) {
    throw usage(
      `the model's classes have no names, only the numbers 0 to ${numClasses - 1}; ${text} came as ${option}`,
    );
  }
  const meant = nearestName(text, classNames);
  const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
  const listed = someNames(classNames, LISTED);
  throw usage(`the model knows no class "${text}"${hint}\nKnown classes: ${listed}`);
}

function usage(message: string): UserError {
  return new UserError(message, { exitCode: 2 });
}

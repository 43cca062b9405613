/** What the user should know where a class is in one part of the data alone. */
import { counted } from "@sandglass/core";

/** Classes that are named; of others there is a number. */
const NAMED = 5;

type Label = string | number;

/**
 * Says which classes the samples to train on, or those to validate with, have none of.
 *
 * @param training the class of each sample, or each class that there is.
 * @param nameOf what a class is called.
 */
export function missingClassNotes(
  training: Iterable<Label>,
  validation: Iterable<Label>,
  nameOf: (label: Label) => string = String,
): readonly string[] {
  const [trained, validated] = [new Set(training), new Set(validation)];
  const unseen = [...trained.difference(validated)];
  const unknown = [...validated.difference(trained)];
  return [
    ...(unseen.length === 0
      ? []
      : [`no sample to validate with is of ${listed(unseen, nameOf)}; what is measured says nothing of such samples`]),
    ...(unknown.length === 0
      ? []
      : [`no sample to train on is of ${listed(unknown, nameOf)}, which samples to validate with are of`]),
  ];
}

function listed(classes: readonly Label[], nameOf: (label: Label) => string): string {
  const names = classes.map(nameOf).toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }));
  const shown = names.slice(0, NAMED).join(", ");
  const more = names.length - NAMED;
  if (more > 0) return `${counted(names.length, "class", "classes")} (${shown} and ${more} more)`;
  return `the ${names.length === 1 ? "class" : "classes"} ${shown}`;
}

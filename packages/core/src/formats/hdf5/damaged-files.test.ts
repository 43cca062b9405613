import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { damagedFiles, readDamaged, withOtherNumbers } from "../testing/damaged-files.ts";
import { Hdf5Error } from "./hdf5-error.ts";
import type { Hdf5Group } from "./read-hdf5.ts";
import { readHdf5 } from "./read-hdf5.ts";

/** What these files hold that cannot be read: other types, links, and chunks of the newest kind. */
const REFUSED = {
  earliest: new Set(["refused"]),
  latest: new Set(["refused", "chunked", "packed"]),
} as const;

/** Reads all that can be read. */
function readEverything(bytes: Uint8Array, refused: ReadonlySet<string>): void {
  const visit = (group: Hdf5Group): void => {
    group.attribute("model_config");
    for (const name of group.names) {
      if (refused.has(name)) continue;
      const child = group.get(name);
      if (child?.kind === "group") visit(child);
      else child?.read();
    }
  };
  visit(readHdf5(bytes));
}

test.each(["earliest", "latest"] as const)("damaged files are read or refused, and always soon: %s", async (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(`../../../../../fixtures/hdf5/${name}.h5`, import.meta.url)));
  const files = [...damagedFiles(bytes, 150, 1), ...withOtherNumbers(bytes, 150, 2)];
  const { refused, others, gigabytes } = await readDamaged(
    files,
    (file) => readEverything(file, REFUSED[name]),
    Hdf5Error,
  );
  readEverything(bytes, REFUSED[name]);
  expect(others).toEqual([]);
  expect(gigabytes).toBeLessThan(1);
  expect(refused).toBeGreaterThan(20);
  expect(refused).toBeLessThan(files.length);
});

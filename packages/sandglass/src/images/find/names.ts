/** The names of entries: spelled and ordered alike on every platform. */

/** Orders strings by their code units, which no language setting changes. */
export function compareCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Names for paths. Disks differ in whether they keep letters with accents composed; names are composed (NFC), except where a disk
 * has both spellings side by side. Should two sources have the same path, the second is numbered: `cats/1.png (2)`.
 */
export function nameAll(paths: readonly string[]): string[] {
  const spelled = new Set(paths);
  const taken = new Set<string>();
  return paths.map((path) => {
    const composed = path.normalize("NFC");
    let name = composed !== path && spelled.has(composed) ? path : composed;
    for (let number = 2; taken.has(name); number++) name = `${path} (${number})`;
    taken.add(name);
    return name;
  });
}

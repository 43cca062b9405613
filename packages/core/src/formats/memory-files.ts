import type { Files } from "./files.ts";

/**
 * Files that are kept in memory, for browsers and tests.
 *
 * @example
 * const files = memoryFiles();
 * await model.fit(x, x, { callbacks: [csvLogger("log.csv", { files })] });
 * const log = new TextDecoder().decode(await files.read("log.csv"));
 */
export function memoryFiles(): Files {
  const contents = new Map<string, Uint8Array>();
  return {
    read: (path) => Promise.resolve(contents.get(path)?.slice()),
    write(path, bytes) {
      contents.set(path, bytes.slice());
      return Promise.resolve();
    },
    append(path, bytes) {
      const before = contents.get(path) ?? new Uint8Array();
      const whole = new Uint8Array(before.length + bytes.length);
      whole.set(before);
      whole.set(bytes, before.length);
      contents.set(path, whole);
      return Promise.resolve();
    },
    remove(path) {
      contents.delete(path);
      return Promise.resolve();
    },
    list(folder) {
      const start = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
      const names = [...contents.keys()]
        .filter((path) => path.startsWith(start))
        .map((path) => path.slice(start.length))
        .filter((name) => !name.includes("/"));
      return Promise.resolve(names.toSorted());
    },
  };
}

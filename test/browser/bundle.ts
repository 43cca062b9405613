// Bundles a TypeScript page and the workers it starts for the browser.
//
// esbuild follows imports but not `new URL("./web-worker.ts", import.meta.url)`, which is how a worker is named. So while it
// reads sources, each such URL is pointed at the worker's own bundle, and the worker joins the queue of entries. Bundles
// are split at dynamic imports: what only Node ever loads (`import("./node-worker.ts")`) stays in a chunk that no browser asks for.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { findUrlLiterals } from "./url-literals.ts";

/** The name of the bundle of the page's own entry. */
export const pageBundle = "page.js";

/**
 * Bundles the module at the path `entry`, its imports and its module workers, as ES modules in one flat folder.
 * @returns the text of each file by its name; the page's is {@link pageBundle}
 */
export async function bundle(entry: string): Promise<Map<string, string>> {
  const names = new Map([[path.resolve(entry), pageBundle]]);
  const files = new Map<string, string>();
  // A worker found while one entry is bundled is appended to `names`, and so this loop reaches it too.
  for (const [source, name] of names) {
    const nameOf = (worker: string): string => {
      const known = names.get(worker) ?? `worker-${names.size}.js`;
      names.set(worker, known);
      return known;
    };
    for (const [file, text] of await bundleEntry(source, name, nameOf)) files.set(file, text);
  }
  return files;
}

async function bundleEntry(
  source: string,
  name: string,
  nameOf: (worker: string) => string,
): Promise<Array<[string, string]>> {
  const outdir = path.resolve("bundle"); // Nothing is written: esbuild wants a folder to name its outputs by.
  const { outputFiles } = await build({
    entryPoints: [{ in: source, out: path.parse(name).name }],
    bundle: true,
    chunkNames: "chunk-[hash]",
    external: ["node:*"],
    format: "esm",
    logLevel: "silent",
    outdir,
    platform: "browser",
    plugins: [workerUrls(nameOf)],
    splitting: true,
    target: "esnext",
    write: false,
  });
  return outputFiles.map((file) => [path.relative(outdir, file.path), file.text]);
}

function workerUrls(nameOf: (worker: string) => string): Plugin {
  return {
    name: "worker-urls",
    setup(esbuild) {
      esbuild.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        let contents = await readFile(file, "utf8");
        // From the last to the first, so that the places of those before stay true.
        for (const { start, end, value } of findUrlLiterals(file, contents).toReversed()) {
          if (!value.endsWith(".ts")) continue;
          const name = nameOf(path.resolve(path.dirname(file), value));
          contents = `${contents.slice(0, start)}${JSON.stringify(`./${name}`)}${contents.slice(end)}`;
        }
        return { contents, loader: "ts" };
      });
    },
  };
}

// Who may import whom. DESIGN in one table: a new folder of the core gets its line here.

/**
 * The layers of the core, from the bottom up: for each folder of `packages/core/src`, the others that it may import. A folder
 * inside another one may have its own line, which then counts instead of its parent's.
 */
const coreLayers = {
  kernel: [],
  graph: ["kernel"],
  ops: ["kernel", "graph"],
  autodiff: ["kernel", "graph", "ops"],
  compile: ["kernel", "graph", "ops", "autodiff"],
  runtime: ["kernel", "graph", "ops", "autodiff", "compile"],
  "formats/idx": [],
  data: ["graph", "formats/idx"],
  nn: ["kernel", "graph", "ops", "autodiff", "compile", "runtime", "data"],
  tables: ["nn"],
  formats: ["graph", "ops", "runtime", "nn", "data", "formats/idx"],
  applications: ["graph", "nn", "formats"],
  classic: ["kernel", "graph", "ops", "autodiff", "compile", "runtime", "nn", "data"],
  models: ["graph", "ops", "autodiff", "runtime", "nn", "data", "formats", "formats/idx", "classic"],
  tasks: [
    "graph",
    "ops",
    "autodiff",
    "runtime",
    "nn",
    "data",
    "formats",
    "formats/idx",
    "models",
    "classic",
    "applications",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type CoreLayer = keyof typeof coreLayers;

/** The layer that a path inside `packages/core/src` belongs to; `undefined` when no line of the table covers it. */
export function coreLayerOf(file: string): CoreLayer | undefined {
  return (Object.keys(coreLayers) as CoreLayer[])
    .filter((layer) => file === `${layer}.ts` || file.startsWith(`${layer}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** Whether the code of one layer of the core may import another's. */
export function mayImport(importer: CoreLayer, imported: CoreLayer): boolean {
  const allowed: readonly CoreLayer[] = coreLayers[importer];
  return importer === imported || allowed.includes(imported);
}

/** The packages of the workspace by name, each with those that it may import. */
export const packageLayers: Readonly<Record<string, readonly string[]>> = {
  "@sandglass/core": [],
  sandglass: ["@sandglass/core"],
  "@sandglass/studio": ["@sandglass/core", "sandglass"],
};

/** The name of the package in a folder of `packages`. */
export function packageName(folder: string): string {
  return folder === "packages/sandglass" ? "sandglass" : folder.replace("packages/", "@sandglass/");
}

/** What the core may import from outside: packages that are plain JavaScript or WebAssembly and run in browsers. */
export const coreDependencies: readonly string[] = ["@dagrejs/dagre", "fflate", "h5wasm"];

/** Names that the core's package.json maps to a file of its own, another one in Node than in browsers. */
export const coreSubpaths: readonly string[] = ["#threads"];

/** The files of the core that may import Node's own modules, because they start Node's threads. */
export const nodeOnlyFiles = /^packages\/core\/src\/runtime\/threads\/node-[^/]*\.ts$/;

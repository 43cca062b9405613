// The rules for imports, each from one import to a complaint or none.
import { isBuiltin } from "node:module";
import { findImports } from "./find-imports.ts";
import {
  coreDependencies,
  coreLayerOf,
  coreSubpaths,
  mayImport,
  nodeOnlyFiles,
  packageLayers,
  packageName,
  type CoreLayer,
} from "./layers.ts";
import { isScript, isTestCode, packageFolder, resolveRelative, type SourceFile } from "./source-file.ts";

const coreFolder = "packages/core";
const coreSources = "packages/core/src/";

/** What is wrong with the imports of some files: one line each, with the file, the line and the way out. */
export function importViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => isScript(file.path))
    .flatMap((file) =>
      findImports(file).flatMap(({ specifier, line }) => {
        const complaint = importComplaint(file.path, specifier);
        return complaint === undefined ? [] : [`${file.path}:${line} ${complaint}`];
      }),
    );
}

function importComplaint(file: string, specifier: string | undefined): string | undefined {
  if (specifier === undefined) {
    const isCore = packageFolder(file) === coreFolder && !isTestCode(file);
    return isCore ? "imports a computed name, which no rule can check: write the name out" : undefined;
  }
  const target = resolveRelative(file, specifier);
  return target === undefined ? bareComplaint(file, specifier) : relativeComplaint(file, target);
}

/** Within a package imports are relative, between packages they go by name; the repository's own tests see everything. */
function relativeComplaint(file: string, target: string): string | undefined {
  const from = packageFolder(file);
  const to = packageFolder(target);
  if (from === undefined && isTestCode(file)) return undefined;
  if (to !== undefined && to !== from) {
    return `reaches into ${to} by a path: import "${packageName(to)}" instead`;
  }
  if (isTestCode(file)) return undefined;
  if (from !== undefined && to === undefined) return `leaves its package for ${target}: only tests may`;
  if (isTestCode(target)) return `imports ${target}, which only tests may import`;
  return target.startsWith(coreSources) ? layerComplaint(file, target) : undefined;
}

function layerComplaint(file: string, target: string): string | undefined {
  // The package's own index gathers all layers.
  if (file === `${coreSources}index.ts`) return undefined;
  if (target === `${coreSources}index.ts`)
    return "imports the core's own index.ts: import the file that defines the name";
  const from = layerOf(file);
  const to = layerOf(target);
  if (from === undefined || to === undefined) {
    const unknown = from === undefined ? file : target;
    return `concerns ${unknown}, which is in no layer: give its folder a line in test/rules/layers.ts`;
  }
  if (mayImport(from, to)) return undefined;
  return `imports ${target}: ${from} may not import ${to} (see test/rules/layers.ts)`;
}

function layerOf(file: string): CoreLayer | undefined {
  return coreLayerOf(file.slice(coreSources.length));
}

/** What may be imported by name: other packages below, and for the core nothing that browsers lack. */
function bareComplaint(file: string, specifier: string): string | undefined {
  const from = packageFolder(file);
  if (from === undefined || isTestCode(file)) return undefined;
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (name in packageLayers) {
    if (packageLayers[packageName(from)]?.includes(name) === true) return undefined;
    return name === packageName(from)
      ? "imports its own package by name: import the file that defines the name"
      : `imports ${name}: ${packageName(from)} stands below it`;
  }
  if (from !== coreFolder) return undefined;
  if (isBuiltin(specifier)) {
    return nodeOnlyFiles.test(file) ? undefined : `imports ${specifier}: the core runs in browsers too`;
  }
  if (coreSubpaths.includes(specifier)) return undefined;
  if (coreDependencies.includes(name)) return undefined;
  return `imports ${name}: the core has no dependency but ${coreDependencies.join(" and ")} (see test/rules/layers.ts)`;
}

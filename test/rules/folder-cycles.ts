// Cycles between folders: of the folders side by side in one place, none may need another that needs it.
import { findImports } from "./find-imports.ts";
import { isScript, isTestCode, resolveRelative, type SourceFile } from "./source-file.ts";

type Graph = Map<string, Set<string>>;

/** Each cycle of imports between sibling folders of packages, as `packages/core/src: a → b → a`; tests do not count. */
export function folderCycles(files: readonly SourceFile[]): string[] {
  const siblings = new Map<string, Graph>();
  for (const file of files) {
    if (!file.path.startsWith("packages/") || !isScript(file.path) || isTestCode(file.path)) continue;
    for (const { specifier } of findImports(file)) {
      const target = specifier === undefined ? undefined : resolveRelative(file.path, specifier);
      if (target !== undefined) addEdge(siblings, file.path, target);
    }
  }
  return [...siblings].flatMap(([parent, graph]) => {
    const cycle = findCycle(graph);
    return cycle === undefined ? [] : [`${parent}: ${cycle.join(" → ")}`];
  });
}

/** An import leads from one folder to its sibling at the place where the two paths part, if they part at folders. */
function addEdge(siblings: Map<string, Graph>, importer: string, imported: string): void {
  const from = importer.split("/");
  const to = imported.split("/");
  const parting = from.findIndex((part, depth) => part !== to[depth]);
  const [fromFolder, toFolder] = [from[parting], to[parting]];
  if (fromFolder === undefined || toFolder === undefined) return;
  if (parting >= from.length - 1 || parting >= to.length - 1) return;

  const parent = from.slice(0, parting).join("/");
  const graph: Graph = siblings.get(parent) ?? new Map<string, Set<string>>();
  siblings.set(parent, graph);
  graph.set(fromFolder, (graph.get(fromFolder) ?? new Set()).add(toFolder));
}

/** The first cycle of a graph, its first node repeated at the end. */
function findCycle(graph: Graph): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...trail, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
